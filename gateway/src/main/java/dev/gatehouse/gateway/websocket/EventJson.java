package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.RequestTime;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes events as functions get them, with the members and in the order of recordings
 * (websocket-api.md 3.1 [C]). Runs on virtual threads.
 */
final class EventJson {
  private static final List<String> NO_COGNITO =
      List.of(
          "cognitoAuthenticationProvider",
          "cognitoAuthenticationType",
          "cognitoIdentityId",
          "cognitoIdentityPoolId",
          "principalOrgId");

  private EventJson() {}

  /** The event of a route's integration. */
  static byte[] write(SocketEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_536 + event.body().length);
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.writeStartObject();
      Opening opening = event.opening();
      if (opening != null) {
        EventMaps.write(json, "headers", "multiValueHeaders", OpeningHeaders.shown(event, opening));
        Map<String, List<String>> query = EventMaps.query(opening.rawQuery());
        if (!query.isEmpty()) {
          EventMaps.write(json, "queryStringParameters", "multiValueQueryStringParameters", query);
        }
      } else if (event.type() == SocketEvent.Type.DISCONNECT) {
        EventMaps.write(json, "headers", "multiValueHeaders", OpeningHeaders.synthetic(event));
      }
      if (!event.stage().variables().isEmpty()) {
        EventMaps.write(json, "stageVariables", event.stage().variables());
      }
      writeContext(json, event);
      if (event.type() == SocketEvent.Type.MESSAGE) {
        json.writeStringProperty("body", new String(event.body(), StandardCharsets.UTF_8));
      }
      json.writeBooleanProperty("isBase64Encoded", false);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** The event of an authorizer (websocket-api.md 9.2 [C]): empty maps are there, too. */
  static byte[] writeForAuthorizer(SocketEvent event, Opening opening, String methodArn) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_536);
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("type", "REQUEST");
      json.writeStringProperty("methodArn", methodArn);
      EventMaps.write(json, "headers", "multiValueHeaders", OpeningHeaders.all(event, opening));
      EventMaps.write(
          json,
          "queryStringParameters",
          "multiValueQueryStringParameters",
          EventMaps.query(opening.rawQuery()));
      EventMaps.write(json, "stageVariables", event.stage().variables());
      writeContext(json, event);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeContext(JsonGenerator json, SocketEvent event) {
    Peer peer = event.peer();
    json.writeObjectPropertyStart("requestContext");
    json.writeStringProperty("routeKey", event.routeKey());
    CloseReason close = event.close();
    if (close != null) {
      json.writeNumberProperty("disconnectStatusCode", close.code());
    }
    if (event.messageId() != null) {
      json.writeStringProperty("messageId", event.messageId());
    }
    writeAuthorizer(json, peer.authorized(), event.type() == SocketEvent.Type.CONNECT);
    json.writeStringProperty("eventType", event.type().name());
    json.writeStringProperty("extendedRequestId", event.requestId());
    json.writeStringProperty("requestTime", RequestTime.text(event.millis()));
    json.writeStringProperty("messageDirection", "IN");
    if (close != null) {
      json.writeStringProperty("disconnectReason", close.text());
    }
    json.writeStringProperty("stage", event.stage().name());
    json.writeNumberProperty("connectedAt", peer.connectedAt());
    json.writeNumberProperty("requestTimeEpoch", event.millis());
    writeIdentity(json, peer);
    json.writeStringProperty("requestId", event.requestId());
    json.writeStringProperty("domainName", peer.domainName());
    json.writeStringProperty("connectionId", peer.connectionId());
    json.writeStringProperty("apiId", event.stage().apiId());
    json.writeEndObject();
  }

  private static void writeAuthorizer(
      JsonGenerator json, @Nullable Authorized authorized, boolean connecting) {
    if (authorized == null) {
      return;
    }
    json.writeObjectPropertyStart("authorizer");
    json.writeStringProperty("principalId", authorized.principalId());
    if (connecting) {
      json.writeNumberProperty("integrationLatency", authorized.latencyMillis());
    }
    authorized
        .context()
        .forEach((name, value) -> {
          if (!name.equals("principalId") && !name.equals("integrationLatency")) {
            json.writeStringProperty(name, value);
          }
        });
    json.writeEndObject();
  }

  /** What IAM tells of who signed the upgrade [L]. */
  private static void writeCaller(JsonGenerator json, Caller caller) {
    json.writeStringProperty("accountId", caller.identity().account());
    json.writeStringProperty("accessKey", caller.accessKeyId());
    json.writeStringProperty("caller", caller.identity().userId());
    json.writeStringProperty("user", caller.identity().userId());
    json.writeStringProperty("userArn", caller.identity().arn());
    for (String none : NO_COGNITO) {
      json.writeNullProperty(none);
    }
  }

  private static void writeIdentity(JsonGenerator json, Peer peer) {
    json.writeObjectPropertyStart("identity");
    if (peer.userAgent() != null) {
      json.writeStringProperty("userAgent", peer.userAgent());
    }
    json.writeStringProperty("sourceIp", peer.sourceIp());
    if (peer.caller() != null) {
      writeCaller(json, peer.caller());
    }
    json.writeEndObject();
  }
}
