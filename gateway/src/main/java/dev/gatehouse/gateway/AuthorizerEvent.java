package dev.gatehouse.gateway;

import dev.gatehouse.wire.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the event of a REQUEST authorizer (http-api.md 9.4 [C]). */
final class AuthorizerEvent {
  private AuthorizerEvent() {}

  /**
   * The event as JSON.
   *
   * @param identity the values of the identity sources, in their order
   */
  static byte[] write(Event event, boolean version2, String routeArn, List<String> identity) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.writeStartObject();
      if (version2) {
        writeV2(json, event, routeArn, identity);
      } else {
        writeV1(json, event, routeArn, identity);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeV2(
      JsonGenerator json, Event event, String routeArn, List<String> identity) {
    json.writeStringProperty("version", "2.0");
    json.writeStringProperty("type", "REQUEST");
    json.writeStringProperty("routeArn", routeArn);
    if (identity.isEmpty()) {
      json.writeNullProperty("identitySource");
    } else {
      json.writeArrayPropertyStart("identitySource");
      identity.forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeStringProperty("routeKey", event.route().routeKey());
    json.writeStringProperty("rawPath", event.shownPath());
    json.writeStringProperty("rawQueryString", event.line().rawQuery());
    EventV2.writeHeaders(json, event);
    EventV2.writeMap(json, "queryStringParameters", EventV2.query(event));
    EventV2.writeContext(json, event);
    EventV2.writeMap(json, "pathParameters", EventV2.pathParameters(event));
    EventV2.writeMap(json, "stageVariables", event.stage().variables());
  }

  private static void writeV1(
      JsonGenerator json, Event event, String routeArn, List<String> identity) {
    String joined = identity.isEmpty() ? null : String.join(",", identity);
    json.writeStringProperty("version", "1.0");
    json.writeStringProperty("type", "REQUEST");
    json.writeStringProperty("methodArn", routeArn);
    json.writeStringProperty("identitySource", joined);
    json.writeStringProperty("authorizationToken", joined);
    json.writeStringProperty("resource", event.route().pathTemplate());
    json.writeStringProperty("path", EventV1.encodedPath(event));
    json.writeStringProperty("httpMethod", event.method());
    EventV1.writeLast(json, "headers", EventHeaders.mixedCase(event));
    EventV1.writeLast(json, "queryStringParameters", EventV1.query(event));
    EventV1.writeMap(json, "pathParameters", EventV2.pathParameters(event));
    EventV1.writeMap(json, "stageVariables", event.stage().variables());
    EventV1.writeContext(json, event);
  }
}
