package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.RequestTime;
import dev.gatehouse.identity.Caller;
import org.jspecify.annotations.Nullable;

/** The {@code $context} variables of an event (websocket-api.md 12 [C]). */
final class SocketVariables {
  private static final String AUTHORIZER = "authorizer.";

  private SocketVariables() {}

  /** The value of a variable; null where it has none. */
  static @Nullable String value(SocketEvent event, String name) {
    Peer peer = event.peer();
    return switch (name) {
      case "apiId" -> event.stage().apiId();
      case "accountId" -> event.stage().scope().account();
      case "stage" -> event.stage().name();
      case "routeKey" -> event.routeKey();
      case "eventType" -> event.type().name();
      case "messageDirection" -> "IN";
      case "connectionId" -> peer.connectionId();
      case "connectedAt" -> Long.toString(peer.connectedAt());
      case "domainName" -> peer.domainName();
      case "requestId", "extendedRequestId" -> event.requestId();
      case "messageId" -> event.messageId();
      case "requestTime" -> RequestTime.text(event.millis());
      case "requestTimeEpoch" -> Long.toString(event.millis());
      case "identity.sourceIp" -> peer.sourceIp();
      case "identity.userAgent" -> peer.userAgent();
      case "identity.apiKeyId" -> peer.apiKey() == null ? null : peer.apiKey().id();
      case "identity.apiKey" -> peer.apiKey() == null ? null : peer.apiKey().value();
      case "disconnectStatusCode" -> closed(event, true);
      case "disconnectReason" -> closed(event, false);
      case "identity.accountId",
          "identity.accessKey",
          "identity.caller",
          "identity.user",
          "identity.userArn" ->
          identity(peer.caller(), name);
      default ->
          name.startsWith(AUTHORIZER)
              ? authorizer(peer.authorized(), name.substring(AUTHORIZER.length()))
              : null;
    };
  }

  private static @Nullable String identity(@Nullable Caller caller, String name) {
    if (caller == null) {
      return null;
    }
    return switch (name) {
      case "identity.accountId" -> caller.identity().account();
      case "identity.accessKey" -> caller.accessKeyId();
      case "identity.userArn" -> caller.identity().arn();
      default -> caller.identity().userId();
    };
  }

  private static @Nullable String closed(SocketEvent event, boolean code) {
    CloseReason close = event.close();
    if (close == null) {
      return null;
    }
    return code ? Integer.toString(close.code()) : close.text();
  }

  private static @Nullable String authorizer(@Nullable Authorized authorized, String name) {
    if (authorized == null) {
      return null;
    }
    return switch (name) {
      case "principalId" -> authorized.principalId();
      case "integrationLatency", "latency" -> Long.toString(authorized.latencyMillis());
      default -> authorized.context().get(name);
    };
  }
}
