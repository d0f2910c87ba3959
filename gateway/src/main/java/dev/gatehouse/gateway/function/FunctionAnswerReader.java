package dev.gatehouse.gateway.function;

import dev.gatehouse.gateway.function.FunctionAnswer.Line;
import dev.gatehouse.gateway.function.FunctionAnswer.Malformed;
import dev.gatehouse.gateway.function.FunctionAnswer.Structured;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a function's payload in one pass, without a tree. */
final class FunctionAnswerReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String JSON_TYPE = "application/json";
  private static final String TEXT_TYPE = "text/plain; charset=utf-8";

  /** What the payload is. */
  enum Form {
    /** An answer in payload format 1.0. */
    ONE,
    /** An answer in payload format 2.0. */
    TWO,
    /** Status and headers only, before a body that is streamed. */
    PRELUDE
  }

  private final byte[] payload;
  private final Form form;
  private final List<Line> headers = new ArrayList<>();
  private final List<Line> multiHeaders = new ArrayList<>();
  private final List<Line> cookies = new ArrayList<>();
  private boolean hasStatus;
  private int status;
  private @Nullable String body;
  private boolean base64;
  private @Nullable String flaw;

  FunctionAnswerReader(byte[] payload, Form form) {
    this.payload = payload;
    this.form = form;
  }

  FunctionAnswer read() {
    FunctionAnswer answer;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_OBJECT) {
        readMembers(json);
      }
      String text = first == JsonToken.VALUE_STRING ? json.getString() : null;
      boolean whole = json.nextToken() == null;
      if (form == Form.PRELUDE && first == JsonToken.START_OBJECT && !hasStatus) {
        hasStatus = true; // as with function URLs [L]
        status = 200;
      }
      answer = hasStatus && whole ? structured() : plain(whole ? text : null);
    } catch (JacksonException notJson) {
      answer = plain(null);
    }
    return answer;
  }

  /** A payload without a status: the body itself in format 2.0, nothing that 1.0 knows [C]. */
  private FunctionAnswer plain(@Nullable String text) {
    if (form == Form.ONE) {
      return new Malformed("returned no statusCode");
    }
    if (form == Form.PRELUDE) {
      return new Malformed("streamed no JSON before its body");
    }
    byte[] bytes = text == null ? payload : text.getBytes(StandardCharsets.UTF_8);
    return new Structured(200, List.of(new Line("Content-Type", JSON_TYPE)), bytes);
  }

  private void readMembers(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "statusCode" -> readStatus(json, value);
        case "headers" -> readHeaders(json, value, headers);
        case "multiValueHeaders" -> readMultiHeaders(json, value);
        case "cookies" -> readCookies(json, value);
        case "body" -> readBody(json, value);
        case "isBase64Encoded" ->
            base64 =
                value == JsonToken.VALUE_TRUE
                    || (value == JsonToken.VALUE_STRING && json.getString().equals("true"));
        default -> {}
      }
      json.skipChildren();
    }
  }

  private void readStatus(JsonParser json, JsonToken value) {
    hasStatus = true;
    String text =
        value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING
            ? json.getString()
            : "";
    if (text.matches("[2-5]\\d\\d")) {
      status = Integer.parseInt(text);
    } else {
      flaw = "returned a statusCode that is none";
    }
  }

  private void readHeaders(JsonParser json, JsonToken value, List<Line> target) {
    if (value != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        target.add(new Line(canonical(name), json.getString()));
      } else if (token != JsonToken.VALUE_NULL) {
        flaw = "returned a header that is no text";
        json.skipChildren();
      }
    }
  }

  private void readMultiHeaders(JsonParser json, JsonToken value) {
    if (form == Form.TWO || value != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = canonical(json.currentName());
      if (json.nextToken() != JsonToken.START_ARRAY) {
        json.skipChildren();
        continue;
      }
      for (JsonToken item = json.nextToken();
          item != JsonToken.END_ARRAY;
          item = json.nextToken()) {
        if (item.isScalarValue() && item != JsonToken.VALUE_NULL) {
          multiHeaders.add(new Line(name, json.getString()));
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private void readCookies(JsonParser json, JsonToken value) {
    if (form == Form.ONE || value != JsonToken.START_ARRAY) {
      return;
    }
    for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
      if (item == JsonToken.VALUE_STRING) {
        cookies.add(new Line("Set-Cookie", json.getString()));
      } else {
        json.skipChildren();
      }
    }
  }

  private void readBody(JsonParser json, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      body = json.getString();
    } else if (value != JsonToken.VALUE_NULL) {
      flaw = "returned a body that is no text";
    }
  }

  private FunctionAnswer structured() {
    byte[] bytes = flaw == null ? bytes() : null;
    if (bytes == null) {
      return new Malformed(flaw == null ? "returned a body that is not base64" : flaw);
    }
    List<Line> lines = new ArrayList<>(cookies);
    headers.stream().filter(line -> !isOurs(line.name())).forEach(lines::add);
    for (Line line : multiHeaders) {
      if (!isOurs(line.name()) && !headers.contains(line)) {
        lines.add(line);
      }
    }
    boolean typed = lines.stream().anyMatch(line -> line.name().equals("Content-Type"));
    if (!typed && bytes.length > 0) {
      lines.add(new Line("Content-Type", TEXT_TYPE));
    }
    boolean bodiless = status == 204 || status == 304;
    return new Structured(status, List.copyOf(lines), bodiless ? new byte[0] : bytes);
  }

  private byte @Nullable [] bytes() {
    String text = body == null ? "" : body;
    if (!base64) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(oneLine(text));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Line breaks, which some encoders put in, are no part of what is encoded [U]. */
  private static String oneLine(String text) {
    boolean broken = text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    return broken ? text.replace("\r", "").replace("\n", "") : text;
  }

  /** Headers that the gateway sets itself, and those of one connection (http-api.md 4.10). */
  private static boolean isOurs(String name) {
    return switch (name) {
      case "Content-Length",
          "Date",
          "Apigw-Requestid",
          "Connection",
          "Keep-Alive",
          "Transfer-Encoding",
          "Te",
          "Trailer",
          "Upgrade",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "Proxy-Connection" ->
          true;
      default -> false;
    };
  }

  /** {@code myheader} becomes {@code Myheader}, {@code x-b} becomes {@code X-B} [C]. */
  private static String canonical(String name) {
    char[] letters = name.toCharArray();
    boolean start = true;
    for (int i = 0; i < letters.length; i++) {
      letters[i] = start ? Character.toUpperCase(letters[i]) : Character.toLowerCase(letters[i]);
      start = letters[i] == '-';
    }
    return new String(letters);
  }
}
