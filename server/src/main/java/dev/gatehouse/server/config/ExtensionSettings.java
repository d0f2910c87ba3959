package dev.gatehouse.server.config;

import dev.gatehouse.model.Extensions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The section {@code extensions}: what goes beyond AWS is off until it is switched on here. */
final class ExtensionSettings {
  private static final String STREAMING = "streaming";
  private static final String TIMEOUT = "timeout";
  private static final String WEB_SOCKET = "web-socket-pass-through";
  private static final String API_KEYS = "api-keys";
  private static final String HTTP2 = "http2";
  private static final Duration LONGEST = Duration.ofHours(24);

  private ExtensionSettings() {}

  static Extensions read(Section section) {
    Extensions usual = Extensions.NONE;
    Duration least = Duration.ofMillis(usual.longestTimeoutMillis());
    return new Extensions(
        section.get(STREAMING, onOrOff(), usual.streaming()),
        (int) section.get(TIMEOUT, Kind.duration(least, LONGEST), least).toMillis(),
        section.get(WEB_SOCKET, onOrOff(), usual.webSocket()),
        section.get(API_KEYS, onOrOff(), usual.apiKeys()),
        section.get(HTTP2, onOrOff(), usual.http2()));
  }

  private static Kind<Boolean> onOrOff() {
    return Kind.oneOf(Map.of("on", true, "off", false));
  }

  static Map<String, Object> text(Extensions extensions) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put(STREAMING, word(extensions.streaming()));
    text.put(TIMEOUT, Units.text(Duration.ofMillis(extensions.longestTimeoutMillis())));
    text.put(WEB_SOCKET, word(extensions.webSocket()));
    text.put(API_KEYS, word(extensions.apiKeys()));
    text.put(HTTP2, word(extensions.http2()));
    return text;
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }
}
