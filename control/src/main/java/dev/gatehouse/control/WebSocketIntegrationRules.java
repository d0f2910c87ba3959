package dev.gatehouse.control;

import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationType;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an integration of a WebSocket API may be (control-plane.md section 6 [C]). */
final class WebSocketIntegrationRules {
  /** An action of an AWS service, by its name or by its path. */
  private static final Pattern ACTION =
      Pattern.compile("arn:aws[a-z-]*:apigateway:[a-z0-9-]+:[a-zA-Z0-9.-]+:(action|path)/\\S+");

  private WebSocketIntegrationRules() {}

  static void check(View view, Scope scope, Integration integration) {
    if (integration.timeoutInMillis() > IntegrationRules.WEBSOCKET_TIMEOUT) {
      throw OwnRefusals.invalid(
          "timeoutInMillis",
          "WebSocket APIs have " + IntegrationRules.WEBSOCKET_TIMEOUT + " at most");
    }
    if (!integration.payloadFormatVersion().equals("1.0")) {
      throw OwnRefusals.invalid("payloadFormatVersion", "WebSocket APIs have 1.0");
    }
    if (integration.integrationSubtype() != null) {
      throw OwnRefusals.onlyFor("HTTP", "integrationSubtype");
    }
    if (integration.responseParameters() != null) {
      throw OwnRefusals.onlyFor("HTTP", "responseParameters");
    }
    if (integration.tlsConfig() != null) {
      throw OwnRefusals.onlyFor("HTTP", "tlsConfig");
    }
    checkConnection(view, scope, integration);
    SelectionExpressions.checkOfMessage(
        "templateSelectionExpression", integration.templateSelectionExpression());
    checkBackend(integration);
    if (integration.requestParameters() != null) {
      WebSocketMappingRules.checkRequest(integration.requestParameters());
    }
  }

  private static void checkConnection(View view, Scope scope, Integration integration) {
    String link = integration.connectionId();
    if (integration.connectionType().equals("INTERNET")) {
      if (link != null) {
        throw OwnRefusals.invalid("connectionType", "connectionId goes with VPC_LINK only");
      }
      return;
    }
    switch (integration.integrationType()) {
      case HTTP, HTTP_PROXY -> {}
      case AWS, AWS_PROXY, MOCK ->
          throw OwnRefusals.invalid("connectionType", "VPC_LINK goes with HTTP and HTTP_PROXY");
    }
    if (link == null) {
      throw OwnRefusals.required("connectionId");
    }
    if (Kind.VPC_LINK.below(scope, "").find(view, link).isPresent()) {
      throw OwnRefusals.noPrivateWebSocket();
    }
    VpcLinksV1.require(view, scope, link);
  }

  private static void checkBackend(Integration integration) {
    String uri = integration.integrationUri();
    switch (integration.integrationType()) {
      case MOCK -> {}
      case AWS, AWS_PROXY -> checkAction(integration, uri);
      case HTTP, HTTP_PROXY -> {
        checkMethod(integration);
        if (uri == null || !HttpIntegrationRules.isUrl(uri)) {
          throw OwnRefusals.invalid("integrationUri", "it is a full URL, without a user");
        }
      }
    }
  }

  /** AWS_PROXY is for functions; AWS is for any action, and needs a role unless it is one too. */
  private static void checkAction(Integration integration, @Nullable String uri) {
    if (uri != null && HttpIntegrationRules.isFunction(uri)) {
      return;
    }
    if (integration.integrationType() == IntegrationType.AWS_PROXY) {
      throw OwnRefusals.invalid(
          "integrationUri", "AWS_PROXY needs a function's ARN or its invocation URI");
    }
    if (uri == null || !ACTION.matcher(uri).matches()) {
      throw OwnRefusals.invalid(
          "integrationUri",
          "it is a function's, or arn:aws:apigateway:{region}:{service}:{action|path}/{name}");
    }
    checkMethod(integration);
    if (integration.credentialsArn() == null) {
      throw OwnRefusals.required("credentialsArn");
    }
  }

  private static void checkMethod(Integration integration) {
    String method = integration.integrationMethod();
    if (method == null || !RouteKey.METHODS.contains(method)) {
      throw OwnRefusals.invalid("integrationMethod", "it is one of the HTTP methods");
    }
  }
}
