package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.IntegrationResponse;
import dev.gatehouse.store.View;
import tools.jackson.databind.node.ObjectNode;

/** Responses of WebSocket integrations (control-plane.md section 6 [C/L]). */
final class IntegrationResponses implements Rules {
  @Override
  public String parent(View view, Call call) {
    String integrationId = call.path("integrationId");
    Kind.INTEGRATION.below(call.scope(), call.apiId()).require(view, integrationId);
    return call.apiId() + "/" + integrationId;
  }

  @Override
  public void check(View view, Call call, Api api, ObjectNode body) {
    WebSocketOnly.check(api, "An integration response");
    if (!body.has("integrationResponseKey")) {
      throw OwnRefusals.required("integrationResponseKey");
    }
    IntegrationResponse response = Desk.bind(body, IntegrationResponse.class);
    SelectionExpressions.checkResponseKey(
        "integrationResponseKey", response.integrationResponseKey());
    SelectionExpressions.checkOfResponse(
        "templateSelectionExpression", response.templateSelectionExpression());
  }

  @Override
  public String uniqueKey(Api api, ObjectNode body) {
    return body.get("integrationResponseKey").stringValue();
  }
}
