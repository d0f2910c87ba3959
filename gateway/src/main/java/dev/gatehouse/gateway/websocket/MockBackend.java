package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A MOCK integration (websocket-api.md 6): the request template says a status, the status picks the
 * answer.
 *
 * @param passthrough what becomes of a message that no template is for
 * @param responses in the order of their making
 */
record MockBackend(Templates request, Passthrough passthrough, List<MockResponse> responses)
    implements SocketBackend {
  private static final JsonPath STATUS = JsonPath.parse("statusCode");

  /** {@code passthroughBehavior} [C]. */
  enum Passthrough {
    WHEN_NO_MATCH,
    WHEN_NO_TEMPLATES,
    NEVER
  }

  @Override
  public boolean timed() {
    return false;
  }

  @Override
  public void start(SocketCall call) {
    byte[] message = call.event().body();
    byte[] made = made(message);
    String status = made == null ? "" : status(made);
    if (!isStatus(status)) {
      call.finish(new Failed(SocketFault.INTERNAL, "the mock's template makes no statusCode"));
      return;
    }
    for (MockResponse response : responses) {
      if (response.fits(status)) {
        byte[] body = response.templates().select(message);
        call.timeline().integrationAnswered(Integer.parseInt(status));
        call.finish(
            new Answered(Integer.parseInt(status), List.of(), body == null ? new byte[0] : body));
        return;
      }
    }
    call.finish(new Failed(SocketFault.INTERNAL, "no integration response is for " + status));
  }

  private static boolean isStatus(String text) {
    return text.length() == 3
        && text.charAt(0) >= '1'
        && text.charAt(0) <= '5'
        && isDigit(text.charAt(1))
        && isDigit(text.charAt(2));
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private byte @Nullable [] made(byte[] message) {
    byte[] template = request.select(message);
    if (template != null) {
      return template;
    }
    boolean passes =
        switch (passthrough) {
          case WHEN_NO_MATCH -> true;
          case WHEN_NO_TEMPLATES -> request.isEmpty();
          case NEVER -> false;
        };
    return passes ? message : null;
  }

  private static String status(byte[] made) {
    try {
      return STATUS.text(made);
    } catch (JacksonException notJson) {
      return "";
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
