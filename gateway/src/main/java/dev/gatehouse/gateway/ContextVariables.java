package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.HeaderText;
import dev.gatehouse.gateway.net.RequestTime;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/** The {@code $context} variables that a request has before its answer (http-api.md 11.1 [C]). */
final class ContextVariables {
  private static final String AUTHORIZER = "authorizer.";
  private static final String IDENTITY = "identity.";

  private ContextVariables() {}

  /** The value of a variable; null where it has none. */
  static @Nullable String value(Exchange exchange, String name) {
    return switch (name) {
      case "requestId", "extendedRequestId" -> exchange.requestId();
      case "apiId" -> exchange.stage().apiId();
      case "accountId" -> exchange.stage().scope().account();
      case "stage" -> exchange.stage().name();
      case "routeKey" -> exchange.routeKey();
      case "httpMethod" -> exchange.method().name();
      case "path" -> exchange.pathWithStage();
      case "protocol" -> "HTTP/1.1";
      case "domainName" -> exchange.line().domainName();
      case "domainPrefix" -> exchange.line().domainPrefix();
      case "identity.apiKeyId" -> exchange.apiKeyId();
      case "identity.apiKey" ->
          exchange.apiKeyId() == null ? null : exchange.request().headers().get(Admission.API_KEY);
      case "identity.sourceIp" -> sourceIp(exchange);
      case "identity.userAgent" -> {
        String agent = exchange.request().headers().get(HttpHeaderNames.USER_AGENT);
        yield agent == null ? null : HeaderText.read(agent);
      }
      case "requestTime" -> exchange.worker().requestTime(exchange.startMillis());
      case "requestTimeEpoch" -> Long.toString(exchange.startMillis());
      default ->
          name.startsWith(AUTHORIZER)
              ? authorizer(exchange, name.substring(AUTHORIZER.length()))
              : name.startsWith(IDENTITY)
                  ? identity(exchange, name.substring(IDENTITY.length()))
                  : null;
    };
  }

  private static @Nullable String identity(Exchange exchange, String name) {
    AuthorizerContext authorizer = exchange.authorizer();
    return authorizer == null ? null : authorizer.identity(name);
  }

  private static @Nullable String authorizer(Exchange exchange, String name) {
    AuthorizerContext authorizer = exchange.authorizer();
    return authorizer == null ? null : authorizer.variable(name);
  }

  /** The address of the client's socket. */
  static String sourceIp(Exchange exchange) {
    return exchange.connection().peerAddress();
  }

  /** {@code dd/MMM/yyyy:HH:mm:ss +0000}. */
  static String requestTime(long millis) {
    return RequestTime.text(millis);
  }
}
