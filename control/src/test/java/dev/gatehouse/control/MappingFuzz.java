package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.Expression;
import dev.gatehouse.model.ParameterMapping;
import dev.gatehouse.wire.ServiceException;
import java.util.Map;

/** A parameter mapping as bytes, key and value in a line each: refused, or parsed. */
public final class MappingFuzz {
  private MappingFuzz() {}

  private interface Check {
    void run();
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, UTF_8).split("\n", 2);
    String key = lines[0];
    String value = lines.length < 2 ? "" : lines[1];
    Map<String, String> mapping = Map.of(key, value);
    boolean request = accepts(() -> MappingRules.checkRequest(mapping));
    boolean response = accepts(() -> MappingRules.checkResponse(Map.of("200", mapping)));
    if ((request || response) && ParameterMapping.parse(key, value).isEmpty()) {
      throw new AssertionError(mapping.toString());
    }
    if (accepts(() -> MappingRules.checkValue(key, value)) && Expression.parse(value).isEmpty()) {
      throw new AssertionError(mapping.toString());
    }
    accepts(() -> WebSocketMappingRules.checkRequest(mapping));
  }

  private static boolean accepts(Check check) {
    try {
      check.run();
      return true;
    } catch (ServiceException refusal) {
      return false;
    }
  }
}
