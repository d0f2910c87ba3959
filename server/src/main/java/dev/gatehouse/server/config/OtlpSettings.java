package dev.gatehouse.server.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The OTLP receiver, spoken to over HTTP in protobuf.
 *
 * @param endpoint below which {@code v1/traces}, {@code v1/metrics} and {@code v1/logs} are; null
 *     where there is none
 * @param headers sent with each push; their values are secrets
 */
public record OtlpSettings(@Nullable URI endpoint, Map<String, String> headers) {
  static final OtlpSettings NONE = new OtlpSettings(null, Map.of());

  static OtlpSettings read(Section section, Kind<String> url) {
    Kind<String> name =
        Kind.text("a header's name").only(text -> text.matches("[A-Za-z0-9-]{1,64}"));
    return new OtlpSettings(
        section.get("endpoint", url).map(URI::create).orElse(null),
        Map.copyOf(section.map("headers", name, Kind.text("text"))));
  }

  /** Where a kind of signal goes. */
  public String url(String signal) {
    String base = String.valueOf(endpoint);
    return (base.endsWith("/") ? base : base + "/") + "v1/" + signal;
  }

  Map<String, Object> text() {
    Map<String, Object> text = new LinkedHashMap<>();
    if (endpoint != null) {
      text.put("endpoint", endpoint.toString());
    }
    Map<String, String> hidden = new TreeMap<>();
    headers.keySet().forEach(name -> hidden.put(name, "(hidden)"));
    text.put("headers", hidden);
    return text;
  }

  /** Without the values of headers. */
  @Override
  public String toString() {
    return text().toString();
  }
}
