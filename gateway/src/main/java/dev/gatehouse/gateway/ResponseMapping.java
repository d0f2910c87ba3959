package dev.gatehouse.gateway;

import dev.gatehouse.model.ParameterMapping;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An integration's {@code responseParameters}, compiled: mappings by the integration's exact status
 * (http-api.md 8.2 [C]).
 */
record ResponseMapping(Map<Integer, Mappings> byStatus) {
  static final ResponseMapping NONE = new ResponseMapping(Map.of());
  private static final Pattern STATUS = Pattern.compile("[2-5]\\d\\d");

  /**
   * Those of one status.
   *
   * @param readsBody whether one of them needs the response's body
   */
  record Mappings(List<ParameterMapping> all, boolean readsBody) {}

  /** Compiles mappings; entries that are not of the grammar do nothing. */
  static ResponseMapping compile(@Nullable Map<String, Map<String, String>> parameters) {
    if (parameters == null || parameters.isEmpty()) {
      return NONE;
    }
    Map<Integer, Mappings> byStatus = new HashMap<>();
    parameters.forEach((status, mappings) -> {
      List<ParameterMapping> compiled = new ArrayList<>();
      mappings.forEach((key, value) -> ParameterMapping.parse(key, value).ifPresent(compiled::add));
      if (STATUS.matcher(status).matches()) {
        boolean readsBody = compiled.stream().anyMatch(mapping -> mapping.value().readsBody());
        byStatus.put(Integer.parseInt(status), new Mappings(List.copyOf(compiled), readsBody));
      }
    });
    return new ResponseMapping(Map.copyOf(byStatus));
  }

  /** The entries as they are configured; null where there is none. */
  @Nullable Map<String, Map<String, String>> describe() {
    Map<String, Map<String, String>> described = new TreeMap<>();
    byStatus.forEach(
        (status, mappings) -> described.put(Integer.toString(status), describe(mappings.all())));
    return described.isEmpty() ? null : described;
  }

  static Map<String, String> describe(List<ParameterMapping> mappings) {
    Map<String, String> described = new LinkedHashMap<>();
    mappings.forEach(mapping -> described.put(mapping.key(), mapping.value().text()));
    return described;
  }

  /** Whether a response of that status is mapped by what its body says. */
  boolean readsBody(int status) {
    Mappings mappings = byStatus.isEmpty() ? null : byStatus.get(status);
    return mappings != null && mappings.readsBody();
  }

  /**
   * Changes the response as its status demands; no second look-up after a changed status [L].
   *
   * @param body the start of its body; null where no mapping reads it
   */
  void apply(Exchange exchange, HttpResponse response, @Nullable BodyStart body) {
    Mappings mappings = byStatus.isEmpty() ? null : byStatus.get(response.status().code());
    if (mappings == null) {
      return;
    }
    Evaluation.Answer answer = new Evaluation.Answer(response, body);
    List<@Nullable String> values = new ArrayList<>(mappings.all().size());
    for (ParameterMapping mapping : mappings.all()) {
      values.add(Evaluation.of(mapping.value(), exchange, answer));
    }
    HttpResponseStatus own = response.status();
    for (int i = 0; i < mappings.all().size(); i++) {
      apply(mappings.all().get(i), values.get(i), response);
    }
    if (bodiless(own) && !bodiless(response.status())) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, HttpHeaderValues.ZERO);
    }
  }

  private static boolean bodiless(HttpResponseStatus status) {
    return status.equals(HttpResponseStatus.NO_CONTENT)
        || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }

  private static void apply(
      ParameterMapping mapping, @Nullable String value, HttpResponse response) {
    switch (mapping.place()) {
      case HEADER -> HeaderMapping.apply(mapping, value, response.headers());
      case STATUSCODE -> {
        if (value != null && STATUS.matcher(value).matches()) {
          response.setStatus(HttpResponseStatus.valueOf(Integer.parseInt(value)));
        }
      }
      case QUERYSTRING, PATH -> {}
    }
  }
}
