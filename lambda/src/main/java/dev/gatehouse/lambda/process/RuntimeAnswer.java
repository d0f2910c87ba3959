package dev.gatehouse.lambda.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** What the Runtime API answers. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record RuntimeAnswer(int status, Map<String, String> headers, byte[] body) {

  /** An accepted report. */
  static RuntimeAnswer accepted() {
    return json(202, "{\"status\":\"OK\"}");
  }

  static RuntimeAnswer refused(int status, String type, String message) {
    return json(status, "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}");
  }

  private static RuntimeAnswer json(int status, String text) {
    return new RuntimeAnswer(
        status, Map.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Status line, headers and body, so that they leave in one write. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(status).append(status < 300 ? " OK" : " Refused");
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    head.append("\r\nContent-Length: ").append(body.length).append("\r\n\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(first, first.length + body.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    return whole;
  }
}
