package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.RouteResponse;
import dev.gatehouse.store.View;
import tools.jackson.databind.node.ObjectNode;

/** Responses of WebSocket routes (control-plane.md section 5 [C]). */
final class RouteResponses implements Rules {

  @Override
  public String parent(View view, Call call) {
    String routeId = call.path("routeId");
    Kind.ROUTE.below(call.scope(), call.apiId()).require(view, routeId);
    return call.apiId() + "/" + routeId;
  }

  @Override
  public void check(View view, Call call, Api api, ObjectNode body) {
    WebSocketOnly.check(api, "A route response");
    if (!body.has("routeResponseKey")) {
      throw OwnRefusals.required("routeResponseKey");
    }
    RouteResponse response = Desk.bind(body, RouteResponse.class);
    if (!response.routeResponseKey().equals("$default")) {
      throw OwnRefusals.invalid("routeResponseKey", "it is $default");
    }
    Models.checkExist(view, call, "responseModels", response.responseModels());
  }

  @Override
  public String uniqueKey(Api api, ObjectNode body) {
    return body.get("routeResponseKey").stringValue();
  }
}
