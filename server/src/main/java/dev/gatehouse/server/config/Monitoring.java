package dev.gatehouse.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the server tells what it does.
 *
 * @param traced per cent of requests of which spans are sent; 0 for none
 */
public record Monitoring(LogSettings logs, MetricSettings metrics, OtlpSettings otlp, int traced) {
  /** What holds where nothing is said. */
  static final Monitoring USUAL =
      new Monitoring(LogSettings.USUAL, MetricSettings.USUAL, OtlpSettings.NONE, 0);

  static Monitoring read(Section file, Kind<String> url) {
    Monitoring read =
        new Monitoring(
            file.section("logs", LogSettings::read),
            file.section("metrics", MetricSettings::read),
            file.section("otlp", section -> OtlpSettings.read(section, url)),
            file.section(
                "tracing", section -> section.get("percent", Kind.number(0, 100), USUAL.traced())));
    if (read.pushes() && read.otlp().endpoint() == null) {
      throw file.wrong("otlp.endpoint", "a URL, since something is to be sent there");
    }
    return read;
  }

  /** Whether anything goes to the OTLP receiver. */
  private boolean pushes() {
    return traced > 0
        || metrics.push() != null
        || logs.accessLogs() == LogSettings.Destination.OTLP;
  }

  /** For people, without secrets. */
  void describe(Map<String, Object> text) {
    text.put("logs", logs.text());
    text.put("metrics", metrics.text());
    text.put("otlp", otlp.text());
    Map<String, Object> tracing = new LinkedHashMap<>();
    tracing.put("percent", traced);
    text.put("tracing", tracing);
  }
}
