package dev.gatehouse.gateway;

import dev.gatehouse.model.JsonPath;
import dev.gatehouse.wire.Json;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * As much of a body as parameter mappings read: 100 KB (http-api.md 8.3 [C]). A JSON path is
 * followed in one pass, without a tree.
 *
 * @param cut whether the body went on; a value that stands whole before the cut is found [U]
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record BodyStart(byte[] bytes, boolean cut) {
  /** How much of a body is read. */
  static final int LIMIT = 100 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  /** The start of a body that is there as a whole. */
  static BodyStart of(byte[] body) {
    return body.length <= LIMIT
        ? new BodyStart(body, false)
        : new BodyStart(Arrays.copyOf(body, LIMIT), true);
  }

  /** The value at a path; null where there is none: no body, or JSON's null [U]. */
  @Nullable String value(JsonPath path) {
    if (path.steps().isEmpty()) {
      return bytes.length == 0 ? null : new String(bytes, StandardCharsets.UTF_8);
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      json.nextToken();
      String found = find(json, path.steps());
      if (found != null && !cut) {
        readOn(json);
      }
      return found;
    } catch (JacksonException notJson) {
      return null; // as if it were missing [L]
    }
  }

  /** To the end, since what is not JSON there is not JSON at all. */
  private static void readOn(JsonParser json) {
    while (json.nextToken() != null) {
      // only read
    }
  }

  private static @Nullable String find(JsonParser json, List<JsonPath.Step> steps) {
    for (JsonPath.Step step : steps) {
      boolean there =
          switch (step) {
            case JsonPath.Member(String name) -> enterMember(json, name);
            case JsonPath.Index(int index) -> enterElement(json, index);
          };
      if (!there) {
        return null;
      }
    }
    return text(json);
  }

  private static boolean enterMember(JsonParser json, String name) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = json.currentName().equals(name);
      json.nextToken();
      if (wanted) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }

  private static boolean enterElement(JsonParser json, int index) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    for (int at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) {
      if (at == index) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }

  /** Strings without quotes; all else as JSON text [L]. */
  private static @Nullable String text(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = Json.mapper().createGenerator(text)) {
          copy.copyCurrentStructure(json);
        }
        yield text.toString();
      }
      default -> json.getString();
    };
  }
}
