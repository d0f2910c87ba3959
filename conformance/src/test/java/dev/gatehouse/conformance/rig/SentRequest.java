package dev.gatehouse.conformance.rig;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as a client put it on the wire.
 *
 * @param host that a proxy was asked for; empty where there was none
 * @param target path and query
 * @param headers names in lower case
 */
public record SentRequest(
    String host, String method, String target, Map<String, String> headers, byte[] body) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Every whole request of what came over a connection. */
  static List<SentRequest> read(String host, byte[] sent) {
    List<SentRequest> requests = new ArrayList<>();
    String text = new String(sent, StandardCharsets.ISO_8859_1); // one character a byte
    int at = 0;
    for (int end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n", at)) {
      String[] lines = text.substring(at, end).split("\r\n");
      String[] first = lines[0].split(" ");
      Map<String, String> headers = headers(lines);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      at = body(text, end + 4, headers, body);
      requests.add(new SentRequest(host, first[0], first[1], headers, body.toByteArray()));
    }
    return requests;
  }

  private static Map<String, String> headers(String... lines) {
    Map<String, String> headers = new TreeMap<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static int body(
      String text, int from, Map<String, String> headers, ByteArrayOutputStream body) {
    if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      int end = from + Integer.parseInt(headers.getOrDefault("content-length", "0"));
      body.writeBytes(bytes(text.substring(from, Math.min(end, text.length()))));
      return Math.min(end, text.length());
    }
    int at = from;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      at = line + 2;
      body.writeBytes(bytes(text.substring(at, at + size)));
      at += size + 2;
      if (size == 0) {
        return at;
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** In a line of JSON. */
  String json() {
    return JSON.writeValueAsString(
        Map.of(
            "host",
            host,
            "method",
            method,
            "target",
            target,
            "headers",
            headers,
            "body",
            Base64.getEncoder().encodeToString(body)));
  }
}
