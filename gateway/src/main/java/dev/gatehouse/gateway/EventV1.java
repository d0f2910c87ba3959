package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.QueryString;
import dev.gatehouse.wire.Json;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes an event of payload format 1.0 (http-api.md 4.4 [C]); absent members are null. */
final class EventV1 {
  private static final String[] IDENTITY = {
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId"
  };

  private EventV1() {}

  static byte[] write(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048 + event.body().length);
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("version", "1.0");
      json.writeStringProperty("resource", event.route().pathTemplate());
      json.writeStringProperty("path", encodedPath(event));
      json.writeStringProperty("httpMethod", event.method());
      Map<String, List<String>> headers = EventHeaders.mixedCase(event);
      writeLast(json, "headers", headers);
      writeAll(json, "multiValueHeaders", headers);
      Map<String, List<String>> query = query(event);
      writeLast(json, "queryStringParameters", query);
      writeAll(json, "multiValueQueryStringParameters", query);
      writeContext(json, event);
      writeMap(json, "pathParameters", EventV2.pathParameters(event));
      writeMap(json, "stageVariables", event.stage().variables());
      EventBody body = EventBody.of(event);
      if (body == null) {
        json.writeNullProperty("body");
      } else {
        json.writeStringProperty("body", body.text());
      }
      json.writeBooleanProperty("isBase64Encoded", body != null && body.base64());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The path as sent, with the stage of a named stage. */
  static String encodedPath(Event event) {
    boolean stageOutside = event.line().stageName() != null && !event.stage().isDefault();
    return stageOutside
        ? "/" + event.stage().name() + event.line().rawPath()
        : event.line().rawPath();
  }

  static Map<String, List<String>> query(Event event) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (QueryString.Parameter parameter : QueryString.parse(event.line().rawQuery())) {
      query.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(parameter.value());
    }
    return query;
  }

  static void writeLast(JsonGenerator json, String name, Map<String, List<String>> map) {
    if (map.isEmpty()) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    map.forEach((key, values) -> json.writeStringProperty(key, values.getLast()));
    json.writeEndObject();
  }

  private static void writeAll(JsonGenerator json, String name, Map<String, List<String>> map) {
    if (map.isEmpty()) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    map.forEach((key, values) -> {
      json.writeArrayPropertyStart(key);
      values.forEach(json::writeString);
      json.writeEndArray();
    });
    json.writeEndObject();
  }

  static void writeMap(JsonGenerator json, String name, Map<String, String> map) {
    if (map.isEmpty()) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    map.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  static void writeContext(JsonGenerator json, Event event) {
    json.writeObjectPropertyStart("requestContext");
    json.writeStringProperty("accountId", event.stage().scope().account());
    json.writeStringProperty("apiId", event.stage().apiId());
    AuthorizerContext authorizer = event.authorizer();
    if (authorizer == null) {
      json.writeNullProperty("authorizer");
    } else {
      authorizer.writeV1(json);
    }
    json.writeStringProperty("domainName", event.line().domainName());
    json.writeStringProperty("domainPrefix", event.line().domainPrefix());
    json.writeStringProperty("extendedRequestId", event.requestId());
    json.writeStringProperty("httpMethod", event.method());
    writeIdentity(json, event);
    json.writeStringProperty("path", event.shownPath());
    json.writeStringProperty("protocol", "HTTP/1.1");
    json.writeStringProperty("requestId", event.requestId());
    json.writeStringProperty("requestTime", ContextVariables.requestTime(event.startMillis()));
    json.writeNumberProperty("requestTimeEpoch", event.startMillis());
    json.writeStringProperty("resourceId", event.route().routeKey());
    json.writeStringProperty("resourcePath", event.route().pathTemplate());
    json.writeStringProperty("stage", event.stage().name());
    json.writeEndObject();
  }

  private static void writeIdentity(JsonGenerator json, Event event) {
    json.writeObjectPropertyStart("identity");
    for (String name : IDENTITY) {
      writeIdentity(json, event, name);
    }
    json.writeStringProperty("sourceIp", event.sourceIp());
    writeIdentity(json, event, "user");
    json.writeStringProperty("userAgent", event.header("user-agent"));
    writeIdentity(json, event, "userArn");
    json.writeEndObject();
  }

  /** What only a signature tells. */
  private static void writeIdentity(JsonGenerator json, Event event, String name) {
    AuthorizerContext authorizer = event.authorizer();
    String value = authorizer == null ? null : authorizer.identity(name);
    if (value == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, value);
    }
  }
}
