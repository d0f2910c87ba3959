package dev.gatehouse.server.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How metrics are told.
 *
 * @param open whether whoever reaches the listener may read them without a signature
 * @param push how often they go to the OTLP receiver; null for never
 */
public record MetricSettings(boolean open, @Nullable Duration push) {
  static final MetricSettings USUAL = new MetricSettings(false, null);

  static MetricSettings read(Section section) {
    Kind<Duration> often = Kind.duration(Duration.ofMillis(100), Duration.ofHours(24));
    return new MetricSettings(
        section.get("open", Kind.flag(), USUAL.open), section.get("push", often).orElse(null));
  }

  Map<String, Object> text() {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("open", open);
    if (push != null) {
      text.put("push", Units.text(push));
    }
    return text;
  }
}
