package dev.gatehouse.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The headers of an event: the client's, and those that the gateway adds (http-api.md 4.6). */
final class EventHeaders {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect");

  /** Names that payload 1.0 writes in this case, however they were sent [C]. */
  private static final Map<String, String> CANONICAL =
      Map.of(
          "content-length", "Content-Length",
          "content-type", "Content-Type",
          "cookie", "Cookie",
          "host", "Host",
          "user-agent", "User-Agent",
          "x-amzn-trace-id", "X-Amzn-Trace-Id",
          "x-forwarded-for", "X-Forwarded-For",
          "x-forwarded-port", "X-Forwarded-Port",
          "x-forwarded-proto", "X-Forwarded-Proto");

  private EventHeaders() {}

  /** Values by lower-case name, sorted by it. */
  static Map<String, List<String>> lowerCase(Event event) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Map.Entry<String, String> line : event.headers()) {
      String name = line.getKey().toLowerCase(Locale.ROOT);
      if (!HOP_BY_HOP.contains(name)) {
        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(line.getValue());
      }
    }
    List<String> forwardedFor =
        headers.computeIfAbsent("x-forwarded-for", key -> new ArrayList<>());
    forwardedFor.add(event.sourceIp());
    headers.put("x-forwarded-for", List.of(String.join(", ", forwardedFor)));
    headers.put("x-forwarded-port", List.of("443"));
    headers.put("x-forwarded-proto", List.of("https"));
    headers.put("x-amzn-trace-id", List.of(event.traceId()));
    headers.put("content-length", List.of(Long.toString(event.contentLength())));
    return headers;
  }

  /** Values by name in the case of payload 1.0: as sent, but for the well-known names. */
  static Map<String, List<String>> mixedCase(Event event) {
    Map<String, String> sent = new TreeMap<>();
    for (Map.Entry<String, String> line : event.headers()) {
      sent.putIfAbsent(line.getKey().toLowerCase(Locale.ROOT), line.getKey());
    }
    Map<String, List<String>> headers = new TreeMap<>();
    lowerCase(event)
        .forEach((name, values) -> {
          String fallback = sent.getOrDefault(name, name);
          headers.put(CANONICAL.getOrDefault(name, fallback), values);
        });
    return headers;
  }
}
