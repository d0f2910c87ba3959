package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.ProtocolType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What the data plane does not do yet, so that no API looks protected or limited while it is not. A
 * line goes when its behaviour is built. The lines hold for HTTP APIs: nothing of a WebSocket API
 * is served yet, so all of it may be configured.
 */
final class NotBuilt {

  /**
   * One member, or one value of it.
   *
   * @param member the path of names in the body; {@code *} for every key of a map
   * @param built values that may be given all the same
   */
  private record Line(String member, String what, Predicate<String> built) {}

  private static final List<Line> ROUTE =
      List.of(
          new Line(
              "authorizationType", "authorization of routes", type -> !type.equals("AWS_IAM")));

  private static final Map<String, List<Line>> LINES =
      Map.of("CreateRoute", ROUTE, "UpdateRoute", ROUTE);

  private NotBuilt() {}

  /** Refuses a call whose members would be stored and have no effect. */
  static void refuse(Call call, Api api) {
    if (api.protocolType() == ProtocolType.HTTP) {
      refuse(call);
    }
  }

  private static void refuse(Call call) {
    String operation = call.input().operation().name();
    for (Line line : LINES.getOrDefault(operation, List.of())) {
      if (isGiven(call.given(), List.of(line.member().split("\\.")), line.built())) {
        throw OwnRefusals.memberNotBuilt(operation, line.member(), line.what());
      }
    }
  }

  private static boolean isGiven(JsonNode value, List<String> path, Predicate<String> built) {
    if (path.isEmpty()) {
      return !(value.isString() && built.test(value.stringValue()));
    }
    List<String> rest = path.subList(1, path.size());
    if (path.getFirst().equals("*")) {
      return value.values().stream().anyMatch(each -> isGiven(each, rest, built));
    }
    JsonNode member = value.get(path.getFirst());
    return member != null && isGiven(member, rest, built);
  }
}
