package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.LogFormat;
import dev.gatehouse.model.SelectionExpression;
import dev.gatehouse.wire.ServiceException;

/**
 * A text as selection expression, key of an integration response, model and log format: refused, or
 * parsed.
 */
public final class SelectionFuzz {
  private SelectionFuzz() {}

  private interface Check {
    void run();
  }

  /** What Jazzer calls first: what classes take to load is no hanging call. */
  public static void fuzzerInitialize() {
    ModelSchema.parse("{}");
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, UTF_8);
    boolean ofMessage = accepts(() -> SelectionExpressions.checkOfMessage("m", text));
    boolean ofResponse = accepts(() -> SelectionExpressions.checkOfResponse("m", text));
    if (ofMessage && !ofResponse) {
      throw new AssertionError(text);
    }
    if (ofResponse && SelectionExpression.parse(text).isEmpty()) {
      throw new AssertionError(text);
    }
    accepts(() -> SelectionExpressions.checkResponseKey("m", text));
    accepts(() -> ModelTemplate.of(ModelSchema.parse(text)));
    LogFormat.parse(text);
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
