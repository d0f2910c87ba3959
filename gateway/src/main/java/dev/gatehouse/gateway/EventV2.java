package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.wire.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes an event of payload format 2.0 (http-api.md 4.2 and 4.3 [C]); absent members stay out. */
final class EventV2 {
  private static final String COOKIE = HttpHeaderNames.COOKIE.toString();

  private EventV2() {}

  static byte[] write(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048 + event.body().length);
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("version", "2.0");
      json.writeStringProperty("routeKey", event.route().routeKey());
      json.writeStringProperty("rawPath", event.shownPath());
      json.writeStringProperty("rawQueryString", event.line().rawQuery());
      writeHeaders(json, event);
      writeMap(json, "queryStringParameters", query(event));
      writeContext(json, event);
      EventBody body = EventBody.of(event);
      if (body != null) {
        json.writeStringProperty("body", body.text());
      }
      writeMap(json, "pathParameters", pathParameters(event));
      json.writeBooleanProperty("isBase64Encoded", body != null && body.base64());
      writeMap(json, "stageVariables", event.stage().variables());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  static void writeHeaders(JsonGenerator json, Event event) {
    Map<String, List<String>> headers = EventHeaders.lowerCase(event);
    List<String> cookies = cookies(headers.remove(COOKIE));
    if (!cookies.isEmpty()) {
      json.writeArrayPropertyStart("cookies");
      cookies.forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeObjectPropertyStart("headers");
    headers.forEach((name, values) -> json.writeStringProperty(name, String.join(",", values)));
    json.writeEndObject();
  }

  private static List<String> cookies(@Nullable List<String> lines) {
    List<String> cookies = new ArrayList<>();
    for (String line : lines == null ? List.<String>of() : lines) {
      for (String cookie : line.split("; ?")) {
        if (!cookie.isEmpty()) {
          cookies.add(cookie);
        }
      }
    }
    return cookies;
  }

  static Map<String, String> query(Event event) {
    Map<String, String> joined = new LinkedHashMap<>();
    for (QueryString.Parameter parameter : QueryString.parse(event.line().rawQuery())) {
      joined.merge(parameter.name(), parameter.value(), (first, next) -> first + "," + next);
    }
    return joined;
  }

  /** The route's variables with their values, in the order of the path. */
  static Map<String, String> pathParameters(Event event) {
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> names = event.route().variables();
    for (int i = 0; i < Math.min(names.size(), event.pathValues().size()); i++) {
      parameters.put(names.get(i), event.pathValues().get(i));
    }
    return parameters;
  }

  static void writeMap(JsonGenerator json, String name, Map<String, String> map) {
    if (map.isEmpty()) {
      return;
    }
    json.writeObjectPropertyStart(name);
    for (String key : new ArrayList<>(map.keySet())) {
      json.writeStringProperty(key, map.get(key));
    }
    json.writeEndObject();
  }

  static void writeContext(JsonGenerator json, Event event) {
    json.writeObjectPropertyStart("requestContext");
    json.writeStringProperty("accountId", event.stage().scope().account());
    json.writeStringProperty("apiId", event.stage().apiId());
    AuthorizerContext authorizer = event.authorizer();
    if (authorizer != null) {
      authorizer.writeV2(json);
    }
    json.writeStringProperty("domainName", event.line().domainName());
    json.writeStringProperty("domainPrefix", event.line().domainPrefix());
    json.writeObjectPropertyStart("http");
    json.writeStringProperty("method", event.method());
    json.writeStringProperty("path", event.shownPath());
    json.writeStringProperty("protocol", "HTTP/1.1");
    json.writeStringProperty("sourceIp", event.sourceIp());
    json.writeStringProperty("userAgent", event.header("user-agent"));
    json.writeEndObject();
    json.writeStringProperty("requestId", event.requestId());
    json.writeStringProperty("routeKey", event.route().routeKey());
    json.writeStringProperty("stage", event.stage().name());
    json.writeStringProperty("time", ContextVariables.requestTime(event.startMillis()));
    json.writeNumberProperty("timeEpoch", event.startMillis());
    json.writeEndObject();
  }
}
