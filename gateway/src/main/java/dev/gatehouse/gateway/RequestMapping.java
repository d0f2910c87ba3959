package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.model.ParameterMapping;
import dev.gatehouse.model.ParameterMapping.Action;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An integration's {@code requestParameters}, compiled (http-api.md 8.1).
 *
 * @param readsBody whether a mapping needs the request's body
 */
record RequestMapping(
    List<ParameterMapping> headers,
    List<ParameterMapping> query,
    @Nullable ParameterMapping path,
    boolean readsBody) {
  static final RequestMapping NONE = new RequestMapping(List.of(), List.of(), null, false);

  /** Compiles mappings; entries that are not of the grammar do nothing. */
  static RequestMapping compile(@Nullable Map<String, String> parameters) {
    if (parameters == null || parameters.isEmpty()) {
      return NONE;
    }
    List<ParameterMapping> headers = new ArrayList<>();
    List<ParameterMapping> query = new ArrayList<>();
    ParameterMapping path = null;
    boolean readsBody = false;
    for (Map.Entry<String, String> entry : parameters.entrySet()) {
      ParameterMapping mapping =
          ParameterMapping.parse(entry.getKey(), entry.getValue()).orElse(null);
      if (mapping == null) {
        continue;
      }
      readsBody |= mapping.value().readsBody();
      switch (mapping.place()) {
        case HEADER -> headers.add(mapping);
        case QUERYSTRING -> query.add(mapping);
        case PATH -> path = mapping;
        case STATUSCODE -> {}
      }
    }
    return new RequestMapping(List.copyOf(headers), List.copyOf(query), path, readsBody);
  }

  /** The entries as they are configured; null where there is none. */
  @Nullable Map<String, String> describe() {
    List<ParameterMapping> all = new ArrayList<>(headers);
    all.addAll(query);
    if (path != null) {
      all.add(path);
    }
    return all.isEmpty() ? null : ResponseMapping.describe(all);
  }

  /** Whether nothing is mapped. */
  boolean isEmpty() {
    return headers.isEmpty() && query.isEmpty() && path == null;
  }

  /** Whether a mapping changes the host that the backend sees. */
  boolean mapsHost() {
    return headers.stream().anyMatch(mapping -> mapping.name().equalsIgnoreCase("host"));
  }

  /** The path that the mapping sets, decoded; null where it sets none. */
  @Nullable String path(Exchange exchange) {
    return path == null ? null : Evaluation.of(path.value(), exchange, null);
  }

  /** The query for the integration. */
  String query(Exchange exchange, String rawQuery) {
    if (query.isEmpty()) {
      return rawQuery;
    }
    List<QueryString.Parameter> parameters = QueryString.parse(rawQuery);
    for (ParameterMapping mapping : query) {
      String value =
          mapping.action() == Action.REMOVE ? "" : Evaluation.of(mapping.value(), exchange, null);
      if (value == null) {
        continue;
      }
      if (mapping.action() != Action.APPEND) {
        parameters.removeIf(parameter -> parameter.name().equals(mapping.name()));
      }
      if (mapping.action() != Action.REMOVE) {
        parameters.add(new QueryString.Parameter(mapping.name(), value));
      }
    }
    return QueryString.format(parameters);
  }

  /** Applies the header mappings. Values are all taken before the first change. */
  void applyHeaders(Exchange exchange, HttpHeaders target) {
    if (headers.isEmpty()) {
      return;
    }
    List<@Nullable String> values = new ArrayList<>(headers.size());
    for (ParameterMapping mapping : headers) {
      values.add(Evaluation.of(mapping.value(), exchange, null));
    }
    for (int i = 0; i < headers.size(); i++) {
      HeaderMapping.apply(headers.get(i), values.get(i), target);
    }
  }
}
