package dev.gatehouse.gateway.route;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a raw query (http-api.md 4.2 [C]). */
public final class QueryString {

  /** One parameter, decoded. */
  public record Parameter(String name, String value) {}

  private QueryString() {}

  /** Every parameter in order; {@code a} alone and {@code a=} both have the empty value. */
  public static List<Parameter> parse(String rawQuery) {
    List<Parameter> parameters = new ArrayList<>();
    if (rawQuery.isEmpty()) {
      return parameters;
    }
    for (String pair : rawQuery.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.add(new Parameter(decode(name), decode(value)));
      }
    }
    return parameters;
  }

  /** The values of one parameter joined with commas; null where it is not there. */
  public static @Nullable String joined(String rawQuery, String name) {
    List<String> values =
        parse(rawQuery).stream()
            .filter(parameter -> parameter.name().equals(name))
            .map(Parameter::value)
            .toList();
    return values.isEmpty() ? null : String.join(",", values);
  }

  /** The raw text of parameters. */
  public static String format(List<Parameter> parameters) {
    StringBuilder query = new StringBuilder();
    for (Parameter parameter : parameters) {
      query
          .append(query.isEmpty() ? "" : "&")
          .append(encode(parameter.name()))
          .append('=')
          .append(encode(parameter.value()));
    }
    return query.toString();
  }

  /** A name or a value, escaped. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text; // the raw text says more than nothing [U]
    }
  }
}
