package dev.gatehouse.control;

import dev.gatehouse.model.Integration;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import java.util.regex.Pattern;

/** What an integration of a WebSocket API may be (control-plane.md section 6 [C]). */
final class WebSocketIntegrationRules {
  private static final Pattern PARAMETER =
      Pattern.compile("integration\\.request\\.(header|querystring|path)\\.\\S+");

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
    checkParameters(integration);
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

  private static void checkParameters(Integration integration) {
    if (integration.requestParameters() != null) {
      for (String key : integration.requestParameters().keySet()) {
        if (!PARAMETER.matcher(key).matches()) {
          throw OwnRefusals.invalid(
              "requestParameters", "a key is integration.request.{header|querystring|path}.{name}");
        }
      }
    }
  }

  private static void checkBackend(Integration integration) {
    switch (integration.integrationType()) {
      case MOCK -> {}
      case AWS, AWS_PROXY, HTTP, HTTP_PROXY -> {
        if (integration.integrationUri() == null) {
          throw OwnRefusals.required("integrationUri");
        }
      }
    }
  }
}
