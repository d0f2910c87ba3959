package dev.gatehouse.gateway;

import dev.gatehouse.model.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API with the stages that have been deployed. */
record LiveApi(String apiId, Map<String, LiveStage> stages) {

  /**
   * The stage of a request (http-api.md 1.2): the one that the first segment names, else {@code
   * $default}.
   */
  @Nullable LiveStage stage(String firstSegment) {
    LiveStage named = firstSegment.equals(Stage.DEFAULT) ? null : stages.get(firstSegment);
    return named != null ? named : stages.get(Stage.DEFAULT);
  }
}
