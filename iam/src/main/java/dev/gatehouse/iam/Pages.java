package dev.gatehouse.iam;

import dev.gatehouse.wire.query.QueryInput;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists in pages: {@code MaxItems} (100 where nothing is said [C]) and {@code Marker}. */
final class Pages {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private Pages() {}

  /**
   * One page.
   *
   * @param id of an item, in whose order they come
   */
  static <T> ObjectNode of(
      QueryInput input,
      String member,
      List<T> all,
      Function<T, String> id,
      Function<T, tools.jackson.databind.JsonNode> shown) {
    int most = size(input);
    String after = input.find("Marker").map(Pages::read).orElse("");
    List<T> rest =
        all.stream().filter(item -> id.apply(item).compareTo(after) > 0).limit(most + 1L).toList();
    ObjectNode result = Trees.object();
    ArrayNode items = result.putArray(member);
    rest.stream().limit(most).map(shown).forEach(items::add);
    result.put("IsTruncated", rest.size() > most);
    if (rest.size() > most) {
      byte[] last = id.apply(rest.get(most - 1)).getBytes(StandardCharsets.UTF_8);
      result.put("Marker", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }
    return result;
  }

  private static int size(QueryInput input) {
    String text = input.find("MaxItems").orElse("" + USUAL);
    if (!text.matches("[0-9]{1,4}") || text.matches("0+") || Integer.parseInt(text) > MOST) {
      throw Refusals.invalid("MaxItems is a number from 1 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  private static String read(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException none) {
      throw Refusals.invalid("Invalid Marker.");
    }
  }
}
