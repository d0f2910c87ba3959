package dev.gatehouse.gateway;

import dev.gatehouse.model.ParameterMapping;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An integration's {@code responseParameters}, compiled: mappings by the integration's exact status
 * (http-api.md 8.2 [C]).
 */
record ResponseMapping(Map<Integer, List<ParameterMapping>> byStatus) {
  static final ResponseMapping NONE = new ResponseMapping(Map.of());

  /** Compiles mappings; entries that are not of the grammar do nothing. */
  static ResponseMapping compile(@Nullable Map<String, Map<String, String>> parameters) {
    if (parameters == null || parameters.isEmpty()) {
      return NONE;
    }
    Map<Integer, List<ParameterMapping>> byStatus = new HashMap<>();
    parameters.forEach((status, mappings) -> {
      List<ParameterMapping> compiled = new ArrayList<>();
      mappings.forEach((key, value) -> ParameterMapping.parse(key, value).ifPresent(compiled::add));
      if (status.matches("[2-5]\\d\\d")) {
        byStatus.put(Integer.parseInt(status), List.copyOf(compiled));
      }
    });
    return new ResponseMapping(Map.copyOf(byStatus));
  }

  /** Changes the response as its status demands; no second look-up after a changed status [L]. */
  void apply(Exchange exchange, HttpResponse response) {
    if (byStatus.isEmpty()) {
      return;
    }
    List<ParameterMapping> mappings = byStatus.get(response.status().code());
    if (mappings == null) {
      return;
    }
    List<@Nullable String> values = new ArrayList<>(mappings.size());
    for (ParameterMapping mapping : mappings) {
      values.add(Evaluation.of(mapping.value(), exchange, response));
    }
    for (int i = 0; i < mappings.size(); i++) {
      apply(mappings.get(i), values.get(i), response);
    }
  }

  private static void apply(
      ParameterMapping mapping, @Nullable String value, HttpResponse response) {
    switch (mapping.place()) {
      case HEADER -> HeaderMapping.apply(mapping, value, response.headers());
      case STATUSCODE -> {
        if (value != null && value.matches("[1-5]\\d\\d")) {
          response.setStatus(HttpResponseStatus.valueOf(Integer.parseInt(value)));
        }
      }
      case QUERYSTRING, PATH -> {}
    }
  }
}
