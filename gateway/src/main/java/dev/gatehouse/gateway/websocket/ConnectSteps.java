package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.meter.Count;
import org.jspecify.annotations.Nullable;

/**
 * How a client was let in or not: the {@code $context} variables {@code authenticate.*}, {@code
 * authorizer.*} and {@code authorize.*} of {@code $connect} (websocket-api.md 12 [C]). A signature
 * authenticates and policies authorize; an authorizer's answer, too, authorizes, once there is one
 * [L]. A step that was not taken is null.
 *
 * @param consulted the call of the authorizer's function
 */
record ConnectSteps(
    @Nullable Step authenticate,
    @Nullable Step authorizer,
    @Nullable Consulted consulted,
    @Nullable Step authorize) {
  static final ConnectSteps NONE = new ConnectSteps(null, null, null, null);

  /**
   * A step.
   *
   * @param status as of an answer: 200 where it went well
   * @param error null where it went well
   */
  record Step(int status, long millis, @Nullable String error) {
    static Step good(long millis) {
      return new Step(200, millis, null);
    }

    @Nullable String value(String name) {
      return switch (name) {
        case "status" -> Integer.toString(status);
        case "latency" -> Long.toString(millis);
        case "error" -> error;
        default -> null;
      };
    }
  }

  /**
   * The call of a function.
   *
   * @param status what Lambda answered
   * @param requestId what Lambda calls it; null where it says nothing
   */
  record Consulted(int status, long millis, @Nullable String requestId) {
    @Nullable String value(String name) {
      return switch (name) {
        case "integrationStatus" -> Integer.toString(status);
        case "integrationLatency" -> Long.toString(millis);
        case "requestId" -> requestId;
        default -> null;
      };
    }
  }

  /** What whoever decided came to; null where nobody had to. */
  @Nullable Count result() {
    Step last = authorize != null ? authorize : authorizer != null ? authorizer : authenticate;
    if (last == null) {
      return null;
    }
    return last.status() < 400
        ? Count.AUTHORIZER_ALLOWED
        : last.status() < 500 ? Count.AUTHORIZER_DENIED : Count.AUTHORIZER_FAILED;
  }

  /** The value of a variable; null where it has none, or is none of these. */
  @Nullable String value(String name) {
    int dot = name.indexOf('.');
    String what = name.substring(dot + 1);
    return switch (dot < 0 ? "" : name.substring(0, dot)) {
      case "authenticate" -> value(authenticate, what);
      case "authorize" -> value(authorize, what);
      case "authorizer" -> {
        String value = value(authorizer, what);
        yield value == null && consulted != null ? consulted.value(what) : value;
      }
      default -> null;
    };
  }

  private static @Nullable String value(@Nullable Step step, String what) {
    return step == null ? null : step.value(what);
  }
}
