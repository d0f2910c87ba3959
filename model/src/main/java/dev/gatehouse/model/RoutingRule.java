package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule by which a custom domain picks a stage (control-plane.md section 13).
 *
 * @param priority 1 to 1000000, unique in the domain; the lowest is tried first
 */
public record RoutingRule(
    String routingRuleId,
    String routingRuleArn,
    int priority,
    List<Condition> conditions,
    List<Action> actions) {

  /** One condition: base paths or headers. */
  public record Condition(
      @Nullable MatchBasePaths matchBasePaths, @Nullable MatchHeaders matchHeaders) {}

  /** Holds where the path starts with any of them. */
  public record MatchBasePaths(List<String> anyOf) {}

  /** Holds where any of the headers has its value. */
  public record MatchHeaders(List<HeaderValue> anyOf) {}

  /** A header and a pattern with {@code *} at its ends. */
  public record HeaderValue(String header, String valueGlob) {}

  /** What is done. */
  public record Action(InvokeApi invokeApi) {}

  /** Calls a stage. */
  public record InvokeApi(String apiId, String stage, @Nullable Boolean stripBasePath) {}
}
