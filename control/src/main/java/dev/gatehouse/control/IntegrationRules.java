package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationType;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an integration may be, whatever its API's protocol (control-plane.md section 6). */
final class IntegrationRules {
  static final int HTTP_TIMEOUT = 30_000;
  static final int WEBSOCKET_TIMEOUT = 29_000;

  /** A role, which stage variables may complete, or the caller's own identity [C]. */
  private static final Pattern CREDENTIALS =
      Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}:\\S+|\\*:user/\\*)");

  private IntegrationRules() {}

  /** The members that an integration has when the caller gives none [C]. */
  static ObjectNode defaults(ProtocolType protocol) {
    ObjectNode integration = Desk.object().put("connectionType", "INTERNET");
    return switch (protocol) {
      case HTTP -> integration.put("timeoutInMillis", HTTP_TIMEOUT);
      case WEBSOCKET ->
          integration
              .put("timeoutInMillis", WEBSOCKET_TIMEOUT)
              .put("passthroughBehavior", "WHEN_NO_MATCH")
              .put("payloadFormatVersion", "1.0");
    };
  }

  /** Writes what follows from other members. */
  static void complete(Api api, ObjectNode integration) {
    switch (api.protocolType()) {
      case HTTP -> {
        if (isLambdaProxy(integration) && !integration.has("integrationMethod")) {
          integration.put("integrationMethod", "POST");
        }
      }
      case WEBSOCKET -> selectResponse(integration);
    }
  }

  private static boolean isLambdaProxy(ObjectNode integration) {
    return integration.path("integrationType").asString("").equals("AWS_PROXY")
        && !integration.has("integrationSubtype");
  }

  /** The expression that AWS picks by type [C]. */
  private static void selectResponse(ObjectNode integration) {
    String member = "integrationResponseSelectionExpression";
    switch (IntegrationType.valueOf(integration.get("integrationType").stringValue())) {
      case HTTP, MOCK -> integration.put(member, "${integration.response.statuscode}");
      case AWS -> integration.put(member, "${integration.response.body.errorMessage}");
      case AWS_PROXY, HTTP_PROXY -> integration.remove(member);
    }
  }

  /** Holds an integration that has been completed against the rules. */
  static void check(View view, Scope scope, Api api, ObjectNode body) {
    if (!body.has("payloadFormatVersion")) {
      refuseTypeFirst(api, body);
      throw Refusals.noPayloadFormatVersion();
    }
    Integration integration = Desk.bind(body, Integration.class);
    checkRole("credentialsArn", integration.credentialsArn());
    switch (api.protocolType()) {
      case HTTP -> HttpIntegrationRules.check(view, scope, integration);
      case WEBSOCKET -> WebSocketIntegrationRules.check(view, scope, integration);
    }
  }

  static void checkRole(String member, @Nullable String arn) {
    if (arn != null && !CREDENTIALS.matcher(arn).matches()) {
      throw OwnRefusals.invalid(member, "it is the ARN of a role, or arn:aws:iam::*:user/*");
    }
  }

  /** The type is looked at before what the type needs. */
  private static void refuseTypeFirst(Api api, ObjectNode body) {
    if (api.protocolType() == ProtocolType.HTTP) {
      HttpIntegrationRules.checkType(
          IntegrationType.valueOf(body.get("integrationType").stringValue()));
    }
  }
}
