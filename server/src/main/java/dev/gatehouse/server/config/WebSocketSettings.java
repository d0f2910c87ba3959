package dev.gatehouse.server.config;

import dev.gatehouse.gateway.websocket.WebSocketOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The section {@code websocket}: the limits of WebSocket connections, AWS's where nothing is said.
 */
final class WebSocketSettings {
  private static final long LEAST_FRAME = 125;
  private static final long MOST_BYTES = 16L << 20;
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST_RATE = 1_000_000;

  /** A quota of each account and region (websocket-api.md 8 [C]). */
  private static final int RATE_OF_AWS = 500;

  private WebSocketSettings() {}

  /**
   * Reads the section.
   *
   * @param asAws whether rates are AWS's where nothing is said
   */
  static WebSocketOptions read(Section section, boolean asAws) {
    WebSocketOptions usual = WebSocketOptions.USUAL;
    Kind<Long> size = Kind.size(LEAST_FRAME).only(bytes -> bytes <= MOST_BYTES);
    Kind<Duration> time = Kind.duration(LEAST, LONGEST);
    int rate =
        section.get(
            "connections-per-second",
            Kind.numberOrNone(1, MOST_RATE),
            asAws ? RATE_OF_AWS : rate(usual.connectionsPerSecond()));
    return new WebSocketOptions(
        section.get("frame", size, (long) usual.frameBytes()).intValue(),
        section.get("message", size, (long) usual.messageBytes()).intValue(),
        section.get("idle", time, usual.idle()),
        section.get("lifetime", time, usual.lifetime()),
        rate == MOST_RATE ? 0 : rate,
        section.get("drain", Kind.duration(Duration.ZERO, LONGEST), usual.drain()));
  }

  private static int rate(int perSecond) {
    return perSecond == 0 ? MOST_RATE : perSecond;
  }

  static Map<String, Object> text(WebSocketOptions options) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("frame", Units.text((long) options.frameBytes()));
    text.put("message", Units.text((long) options.messageBytes()));
    text.put("idle", Units.text(options.idle()));
    text.put("lifetime", Units.text(options.lifetime()));
    int rate = options.connectionsPerSecond();
    text.put("connections-per-second", rate == 0 ? "none" : rate);
    text.put("drain", Units.text(options.drain()));
    return text;
  }
}
