package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.route.QueryString;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An integration's {@code requestParameters}, compiled (websocket-api.md 6.1 [C]): values by the
 * name of what is set.
 */
record MappedParameters(
    Map<String, ValueSource> headers,
    Map<String, ValueSource> query,
    Map<String, ValueSource> path) {
  private static final String PREFIX = "integration.request.";

  /** Compiles them; null where one is not of the grammar, so that none is silently left out. */
  static @Nullable MappedParameters compile(@Nullable Map<String, String> parameters) {
    Map<String, ValueSource> headers = new LinkedHashMap<>();
    Map<String, ValueSource> query = new LinkedHashMap<>();
    Map<String, ValueSource> path = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry :
        parameters == null ? List.<Map.Entry<String, String>>of() : parameters.entrySet()) {
      String key = entry.getKey();
      ValueSource source = ValueSource.parse(entry.getValue());
      int dot = key.indexOf('.', PREFIX.length());
      if (source == null || !key.startsWith(PREFIX) || dot < 0) {
        return null;
      }
      String name = key.substring(dot + 1);
      switch (key.substring(PREFIX.length(), dot)) {
        case "header" -> headers.put(name, source);
        case "querystring" -> query.put(name, source);
        case "path" -> path.put(name, source);
        default -> {
          return null;
        }
      }
    }
    return new MappedParameters(headers, query, path);
  }

  /** Sets the headers; one without a value stays as it is. */
  void setHeaders(SocketEvent event, HttpHeaders target) {
    headers.forEach((name, source) -> {
      String value = source.value(event);
      if (value != null) {
        target.set(name, oneLine(value));
      }
    });
  }

  /** A value of a client may hold line breaks, which must not become header lines. */
  private static String oneLine(String value) {
    StringBuilder clean = new StringBuilder(value.length());
    value.chars().forEach(c -> clean.append(c < ' ' || c == 0x7f || c > 0xff ? ' ' : (char) c));
    return clean.toString();
  }

  /** The query with what is mapped to it. */
  String query(SocketEvent event, String rawQuery) {
    if (query.isEmpty()) {
      return rawQuery;
    }
    List<QueryString.Parameter> all = new ArrayList<>(QueryString.parse(rawQuery));
    query.forEach((name, source) -> {
      String value = source.value(event);
      if (value != null) {
        all.removeIf(parameter -> parameter.name().equals(name));
        all.add(new QueryString.Parameter(name, value));
      }
    });
    return QueryString.format(all);
  }

  /** The names and values of path variables; those without a value are empty. */
  List<String> pathValues(SocketEvent event) {
    List<String> values = new ArrayList<>();
    path.values()
        .forEach(source -> {
          String value = source.value(event);
          values.add(value == null ? "" : value);
        });
    return values;
  }
}
