package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The events of InvokeWithResponseStream as they are sent. */
final class AnswerEvent {
  private static final int PIECE = 64 * 1024;

  private AnswerEvent() {}

  /** Some of the answer. */
  static byte[] chunk(byte[] bytes, int offset, int length) {
    return EventFrame.of(
        "PayloadChunk",
        "application/octet-stream",
        Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** An answer that was not streamed: what the function returned, or how it failed. */
  static List<byte[]> whole(InvokeOutcome outcome) {
    byte[] payload = payload(outcome);
    List<byte[]> chunks = new ArrayList<>();
    for (int at = 0; at < payload.length; at += PIECE) {
      chunks.add(chunk(payload, at, Math.min(PIECE, payload.length - at)));
    }
    return chunks;
  }

  /**
   * The last event.
   *
   * @param streamed whether the answer had begun, so that whoever reads it has only a part
   * @param log in base64; empty where it was not asked for
   */
  static byte[] complete(InvokeOutcome outcome, boolean streamed, String log) {
    ObjectNode json = Json.mapper().createObjectNode();
    if (outcome instanceof InvokeOutcome.Failed(byte[] payload)) {
      json.put(
          "ErrorCode", streamed && exited(payload) ? "Runtime.TruncatedResponse" : "Unhandled");
      json.put("ErrorDetails", new String(payload, StandardCharsets.UTF_8));
    }
    if (!log.isEmpty()) {
      json.put("LogResult", log);
    }
    byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
    return EventFrame.of("InvokeComplete", "application/json", text);
  }

  private static byte[] payload(InvokeOutcome outcome) {
    return switch (outcome) {
      case InvokeOutcome.Returned(byte[] payload) -> payload;
      case InvokeOutcome.Failed(byte[] payload) -> payload;
      case InvokeOutcome.Denied _,
          InvokeOutcome.Missing _,
          InvokeOutcome.Throttled _,
          InvokeOutcome.TooLarge _ ->
          new byte[0];
    };
  }

  /** Whether the process ended within the answer. */
  private static boolean exited(byte[] payload) {
    try {
      String type = Json.mapper().readTree(payload).path("errorType").asString("");
      return type.equals("Runtime.ExitError");
    } catch (JacksonException e) {
      return false;
    }
  }
}
