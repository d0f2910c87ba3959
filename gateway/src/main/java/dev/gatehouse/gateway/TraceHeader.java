package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.TraceId;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code x-amzn-trace-id} (http-api.md 4.6): {@code Root=1-{8 hex epoch}-{24 hex}}. */
final class TraceHeader {
  static final AsciiString NAME = AsciiString.cached("x-amzn-trace-id");
  private static final String SELF = "Self=";

  private TraceHeader() {}

  /** Sets the header, keeping a client's own root [L]. */
  static void stamp(HttpHeaders headers, Exchange exchange) {
    headers.set(NAME, value(headers.get(NAME), exchange));
  }

  /** The header's value behind the gateway. */
  static String value(@Nullable String given, Exchange exchange) {
    if (given != null && given.contains("Root=")) {
      return SELF + id(exchange) + ";" + withoutSelf(given);
    }
    return "Root=" + id(exchange);
  }

  /** Each that passes the request on names itself in place of who did before [L]. */
  private static String withoutSelf(String given) {
    if (!given.contains(SELF)) {
      return given;
    }
    return Arrays.stream(given.split(";"))
        .filter(field -> !field.strip().startsWith(SELF))
        .collect(Collectors.joining(";"));
  }

  private static String id(Exchange exchange) {
    return TraceId.of(exchange.worker(), exchange.startMillis());
  }
}
