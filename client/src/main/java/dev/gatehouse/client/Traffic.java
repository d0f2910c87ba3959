package dev.gatehouse.client;

import java.time.Instant;
import java.util.OptionalLong;

/** How much clients used stages. */
@FunctionalInterface
public interface Traffic {

  /**
   * Requests to a stage since then; for WebSocket APIs connections and messages. Empty where that
   * is not known for so long.
   *
   * {@snippet class="UpkeepExamples" region="ownCounts"}
   */
  OptionalLong since(Instant then, Api api, String stage);
}
