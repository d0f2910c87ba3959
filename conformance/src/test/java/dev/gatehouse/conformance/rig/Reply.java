package dev.gatehouse.conformance.rig;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came over the wire.
 *
 * @param lines the header lines exactly as received
 */
public record Reply(int status, List<String> lines, byte[] body) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** JSON for comparison. */
  public static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (RuntimeException e) {
      throw new AssertionError("Not JSON: " + this, e);
    }
  }

  /** Every value of a header, in order. */
  public List<String> headers(String name) {
    String prefix = name + ":";
    return lines.stream()
        .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  @Override
  public String toString() {
    return status + " " + lines + " " + text();
  }
}
