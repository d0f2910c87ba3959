package dev.gatehouse.gateway.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.concurrent.TimeUnit;

/**
 * How long a backend says that it keeps a connection: {@code keep-alive: timeout=5}. Node's servers
 * say so, and close after five seconds, which a request that is sent just then would run into.
 */
final class KeepAliveHint {
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
  private static final String TIMEOUT = "timeout=";
  private static final long MARGIN_MILLIS = 1_500;
  private static final int DIGITS = 6;

  private KeepAliveHint() {}

  /** How long a connection is safe to keep; the longest time there is where nothing is said. */
  static long millis(HttpHeaders headers) {
    String value = headers.get(KEEP_ALIVE);
    int at = value == null ? -1 : value.indexOf(TIMEOUT);
    if (value == null || at < 0) {
      return Long.MAX_VALUE;
    }
    long seconds = 0;
    int from = at + TIMEOUT.length();
    int to = from;
    while (to < value.length() && to < from + DIGITS && Character.isDigit(value.charAt(to))) {
      seconds = seconds * 10 + Character.digit(value.charAt(to), 10);
      to++;
    }
    return to == from ? Long.MAX_VALUE : TimeUnit.SECONDS.toMillis(seconds) - MARGIN_MILLIS;
  }
}
