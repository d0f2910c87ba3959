package dev.gatehouse.control;

import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.View;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists, page by page (control-plane.md 1.2). A token names the last id of its page, so a page
 * holds neither gaps nor repetitions when others write meanwhile.
 */
final class Pages {
  /** The largest page that may be asked for [U]. */
  private static final int LARGEST = 500;

  private static final String MARK = "1:";

  private final int pageSize;

  /**
   * Pages of a default size.
   *
   * @param pageSize items where the caller does not say
   */
  Pages(int pageSize) {
    this.pageSize = pageSize;
  }

  /** A page under {@code items}. */
  ObjectNode items(View view, Drawer drawer, Call call, UnaryOperator<ObjectNode> present) {
    return page(view, drawer, call, "items", present);
  }

  /** A page in v1's words. */
  ObjectNode itemsOfV1(View view, Drawer drawer, Call call) {
    Words words = new Words("limit", "position", "item");
    return page(view, drawer, call, words, UnaryOperator.identity());
  }

  /** A page under another name. */
  ObjectNode page(
      View view, Drawer drawer, Call call, String name, UnaryOperator<ObjectNode> present) {
    return page(view, drawer, call, new Words("maxResults", "nextToken", name), present);
  }

  /** What the parts of a page are called. */
  private record Words(String size, String token, String items) {}

  private ObjectNode page(
      View view, Drawer drawer, Call call, Words words, UnaryOperator<ObjectNode> present) {
    int size =
        call.input().query(words.size()).map(given -> size(words.size(), given)).orElse(pageSize);
    String after =
        call.input()
            .query(words.token())
            .map(token -> lastId(words.token(), token.stringValue(), drawer.shelf()))
            .orElse(null);
    List<Row> rows = view.list(drawer.shelf(), after, size + 1);
    List<Row> shown = rows.size() > size ? rows.subList(0, size) : rows;
    ObjectNode page = Desk.object();
    ArrayNode items = page.putArray(words.items());
    shown.forEach(row -> items.add(present.apply(Drawer.body(row))));
    if (rows.size() > size) {
      page.put(words.token(), token(shown.getLast().id(), drawer.shelf()));
    }
    return page;
  }

  private static int size(String word, JsonNode given) {
    return whole(given)
        .filter(size -> size >= 1 && size <= LARGEST)
        .orElseThrow(() -> OwnRefusals.badPageSize(word, LARGEST));
  }

  private static Optional<Integer> whole(JsonNode given) {
    try {
      return Optional.of(Integer.parseInt(given.asString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String token(String id, Shelf shelf) {
    String text = MARK + shelf.kind() + ":" + shelf.parent() + "\n" + id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String lastId(String word, String token, Shelf shelf) {
    String text = decoded(word, token);
    String prefix = MARK + shelf.kind() + ":" + shelf.parent() + "\n";
    if (!text.startsWith(prefix) || text.length() == prefix.length()) {
      throw OwnRefusals.badToken(word);
    }
    return text.substring(prefix.length());
  }

  private static String decoded(String word, String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw OwnRefusals.badToken(word);
    }
  }
}
