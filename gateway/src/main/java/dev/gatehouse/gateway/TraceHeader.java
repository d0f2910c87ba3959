package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/** {@code x-amzn-trace-id} (http-api.md 4.6): {@code Root=1-{8 hex epoch}-{24 hex}}. */
final class TraceHeader {
  static final AsciiString NAME = AsciiString.cached("x-amzn-trace-id");
  private static final int HEX_RADIX_BITS = 4;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private TraceHeader() {}

  /** Sets the header, keeping a client's own root [L]. */
  static void stamp(HttpHeaders headers, Exchange exchange) {
    headers.set(NAME, value(headers.get(NAME), exchange));
  }

  /** The header's value behind the gateway. */
  static String value(@Nullable String given, Exchange exchange) {
    if (given != null && given.contains("Root=")) {
      return "Self=" + id(exchange) + ";" + given;
    }
    return "Root=" + id(exchange);
  }

  private static String id(Exchange exchange) {
    char[] id = "1-00000000-000000000000000000000000".toCharArray();
    hex(id, 2, 8, exchange.startMillis() / 1_000);
    hex(id, 11, 12, exchange.worker().randomBits());
    hex(id, 23, 12, exchange.worker().randomBits());
    return new String(id);
  }

  private static void hex(char[] target, int from, int digits, long value) {
    long rest = value;
    for (int i = from + digits - 1; i >= from; i--) {
      target[i] = HEX[(int) (rest & 15)];
      rest >>>= HEX_RADIX_BITS;
    }
  }
}
