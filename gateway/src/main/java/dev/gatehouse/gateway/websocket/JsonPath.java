package dev.gatehouse.gateway.websocket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * A place in a JSON text: {@code a.b[0]['c'].*}. Found in one pass, without a tree. What is not of
 * this grammar (filters, {@code ..}) names nothing.
 *
 * @param steps null where the text is no such path
 */
record JsonPath(@Nullable List<Step> steps) {
  /**
   * Event loops are few, so that each may keep its buffers; the usual pool is one for all threads.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool()).build();

  private static final String FIRST_LETTERS = "{[\"-0123456789tfn";
  private static final Pattern STEP =
      Pattern.compile("\\.?(?:(\\*)|([^.\\[\\]*]+)|\\[(\\d{1,6})]|\\['([^']*)']|(\\[\\*]))");

  /** One step down. */
  sealed interface Step {}

  /** A member of an object. */
  record Member(String name) implements Step {}

  /** An item of an array. */
  record Item(int index) implements Step {}

  /** All items of an array, or all members of an object. */
  record All() implements Step {}

  static JsonPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!step.find(at) || step.start() != at) {
        return new JsonPath(null);
      }
      steps.add(step(step));
      at = step.end();
    }
    return new JsonPath(steps.isEmpty() ? null : List.copyOf(steps));
  }

  private static Step step(Matcher found) {
    if (found.group(3) != null) {
      return new Item(Integer.parseInt(found.group(3)));
    }
    String name = found.group(2) == null ? found.group(4) : found.group(2);
    return name == null ? new All() : new Member(name);
  }

  /**
   * The value there as text (websocket-api.md 4): strings and numbers as they are, arrays as {@code
   * [item1, item2]}, nothing and null as empty text.
   *
   * @throws tools.jackson.core.JacksonException where the text begins as JSON and is none
   */
  String text(byte[] json) {
    if (!canBeJson(json)) {
      return "";
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      String found = steps == null ? skipped(parser) : walk(parser, json, 0, steps);
      if (parser.nextToken() != null) {
        return ""; // more than one value: no JSON text
      }
      return found == null ? "" : found;
    }
  }

  /**
   * Whether the first letter is one that JSON begins with. Many messages are plain words, and what
   * the parser throws for each costs more than all the rest.
   */
  private static boolean canBeJson(byte[] text) {
    for (byte letter : text) {
      if (letter != ' ' && letter != '\t' && letter != '\n' && letter != '\r') {
        return FIRST_LETTERS.indexOf(letter) >= 0;
      }
    }
    return false;
  }

  private static @Nullable String skipped(JsonParser parser) {
    parser.skipChildren();
    return null;
  }

  private static @Nullable String walk(
      JsonParser parser, byte[] json, int depth, List<Step> steps) {
    if (depth == steps.size()) {
      return value(parser, json);
    }
    JsonToken token = parser.currentToken();
    Step step = steps.get(depth);
    if (token == JsonToken.START_OBJECT) {
      return inObject(parser, json, depth, steps, step);
    }
    if (token == JsonToken.START_ARRAY) {
      return inArray(parser, json, depth, steps, step);
    }
    return null;
  }

  private static @Nullable String inObject(
      JsonParser parser, byte[] json, int depth, List<Step> steps, Step step) {
    String found = null;
    StringJoiner all = new StringJoiner(", ", "[", "]");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      boolean meant =
          step instanceof All || (step instanceof Member(String own) && own.equals(name));
      if (meant) {
        found = walk(parser, json, depth + 1, steps);
        all.add(found == null ? "" : found);
      } else {
        parser.skipChildren();
      }
    }
    return step instanceof All ? all.toString() : found;
  }

  private static @Nullable String inArray(
      JsonParser parser, byte[] json, int depth, List<Step> steps, Step step) {
    String found = null;
    StringJoiner all = new StringJoiner(", ", "[", "]");
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      boolean meant = step instanceof All || (step instanceof Item(int index) && index == i);
      if (meant) {
        found = walk(parser, json, depth + 1, steps);
        all.add(found == null ? "" : found);
      } else {
        parser.skipChildren();
      }
    }
    return step instanceof All ? all.toString() : found;
  }

  private static String value(JsonParser parser, byte[] json) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> "";
      case START_ARRAY -> {
        StringJoiner items = new StringJoiner(", ", "[", "]");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser, json));
        }
        yield items.toString();
      }
      case START_OBJECT -> {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        yield new String(json, from, to - from, StandardCharsets.UTF_8);
      }
      default -> parser.getString();
    };
  }
}
