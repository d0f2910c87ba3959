package dev.gatehouse.client;

import java.util.List;
import java.util.Map;

/**
 * How a message to many connections went.
 *
 * @param sent connections that have it
 * @param gone connections that are there no more
 * @param failed why it did not reach others
 */
public record Delivery(List<String> sent, List<String> gone, Map<String, StepFailed> failed) {

  public Delivery {
    sent = List.copyOf(sent);
    gone = List.copyOf(gone);
    failed = Map.copyOf(failed);
  }
}
