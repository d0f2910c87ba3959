package dev.gatehouse.gateway.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers that events show (websocket-api.md 3.1 [C]): the client's with their case, and what
 * the gateway adds.
 */
final class OpeningHeaders {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final List<String> OF_CONNECTION = List.of("Connection", "Upgrade");

  private OpeningHeaders() {}

  /** Those of a CONNECT event. */
  static Map<String, List<String>> shown(SocketEvent event, Opening opening) {
    Map<String, List<String>> headers = forwarded(event, opening);
    OF_CONNECTION.forEach(headers::remove);
    return headers;
  }

  /** Those of an authorizer's event. */
  static Map<String, List<String>> all(SocketEvent event, Opening opening) {
    Map<String, List<String>> headers = forwarded(event, opening);
    headers.put("Connection", List.of("upgrade"));
    headers.put("Upgrade", List.of("websocket"));
    headers.put("content-length", List.of("0"));
    return headers;
  }

  /** Those of a DISCONNECT event, of which only the host says something. */
  static Map<String, List<String>> synthetic(SocketEvent event) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Host", List.of(event.peer().domainName()));
    headers.put("x-api-key", List.of(""));
    headers.put(FORWARDED_FOR, List.of(""));
    headers.put("x-restapi", List.of(""));
    return headers;
  }

  private static Map<String, List<String>> forwarded(SocketEvent event, Opening opening) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, String> line : opening.headers()) {
      headers.computeIfAbsent(line.getKey(), name -> new ArrayList<>()).add(line.getValue());
    }
    List<String> from = new ArrayList<>(headers.getOrDefault(FORWARDED_FOR, List.of()));
    from.add(event.peer().sourceIp());
    put(headers, FORWARDED_FOR, String.join(", ", from));
    put(headers, "X-Forwarded-Port", "443");
    put(headers, "X-Forwarded-Proto", "https");
    put(headers, "X-Amzn-Trace-Id", opening.traceId());
    return headers;
  }

  /** With our case, whatever the client's was. */
  private static void put(Map<String, List<String>> headers, String name, String value) {
    headers.remove(name);
    headers.put(name, List.of(value));
  }
}
