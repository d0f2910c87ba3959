package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.route.QueryString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Maps of events: once with the last value of each name, once with all of them. */
final class EventMaps {
  private EventMaps() {}

  static void write(JsonGenerator json, String last, String all, Map<String, List<String>> map) {
    json.writeObjectPropertyStart(last);
    map.forEach((name, values) -> json.writeStringProperty(name, values.getLast()));
    json.writeEndObject();
    json.writeObjectPropertyStart(all);
    map.forEach((name, values) -> {
      json.writeArrayPropertyStart(name);
      values.forEach(json::writeString);
      json.writeEndArray();
    });
    json.writeEndObject();
  }

  static void write(JsonGenerator json, String name, Map<String, String> map) {
    json.writeObjectPropertyStart(name);
    map.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  /** The values of a raw query by name. */
  static Map<String, List<String>> query(String rawQuery) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (QueryString.Parameter parameter : QueryString.parse(rawQuery)) {
      query.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
    }
    return query;
  }
}
