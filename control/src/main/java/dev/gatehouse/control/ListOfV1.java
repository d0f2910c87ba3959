package dev.gatehouse.control;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of v1 that are filtered: {@code limit} and {@code position}, which is the last id. */
final class ListOfV1 {
  private static final int USUAL = 25;
  private static final int MOST = 500;

  private ListOfV1() {}

  static ObjectNode of(
      List<ObjectNode> all,
      Call call,
      Predicate<ObjectNode> wanted,
      UnaryOperator<ObjectNode> present) {
    String after = text(call, "position");
    int limit = limit(call);
    ObjectNode answer = Desk.object();
    ArrayNode items = answer.putArray("item");
    String last = "";
    for (ObjectNode each : all) {
      String id = each.path("id").asString("");
      if (id.compareTo(after) <= 0 || !wanted.test(each)) {
        continue;
      }
      if (items.size() == limit) {
        return answer.put("position", last);
      }
      items.add(present.apply(each));
      last = id;
    }
    return answer;
  }

  static int limit(Call call) {
    String given = text(call, "limit");
    if (given.isEmpty()) {
      return USUAL;
    }
    if (!given.matches("\\d{1,3}")
        || Integer.parseInt(given) < 1
        || Integer.parseInt(given) > MOST) {
      throw OwnRefusals.badPageSize("limit", MOST);
    }
    return Integer.parseInt(given);
  }

  static String text(Call call, String name) {
    return call.input().query(name).map(value -> value.asString("")).orElse("");
  }

  static boolean flag(Call call, String name) {
    return call.input().query(name).map(value -> value.asBoolean(false)).orElse(false);
  }
}
