package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.ProtocolType;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an API may be (control-plane.md section 4). */
final class ApiRules {
  private static final String HTTP_SELECTION = "$request.method $request.path";

  private static final Set<String> HTTP_SELECTIONS =
      Set.of(HTTP_SELECTION, "${request.method} ${request.path}");

  private static final String DEFAULT_KEY_SELECTION = "$request.header.x-api-key";

  private static final Set<String> KEY_SELECTIONS =
      Set.of(DEFAULT_KEY_SELECTION, "$context.authorizer.usageIdentifierKey");

  private ApiRules() {}

  /** The members that an API has when the caller gives none [C]. */
  static ObjectNode defaults() {
    ObjectNode api =
        Desk.object()
            .put("apiKeySelectionExpression", DEFAULT_KEY_SELECTION)
            .put("disableExecuteApiEndpoint", false)
            .put("ipAddressType", "ipv4");
    api.putObject("tags");
    return api;
  }

  /** Writes what follows from other members. */
  static void complete(ObjectNode api) {
    if (ProtocolType.HTTP.name().equals(api.path("protocolType").asString())) {
      JsonNode selection = api.get("routeSelectionExpression");
      if (selection == null || HTTP_SELECTIONS.contains(selection.stringValue())) {
        api.put("routeSelectionExpression", HTTP_SELECTION);
      }
    }
    if (api.get("corsConfiguration") instanceof ObjectNode cors) {
      CorsRules.complete(cors);
    }
  }

  /** Holds an API that has been completed against the rules. */
  static void check(ObjectNode body, Limits limits) {
    if (!body.has("name")) {
      throw OwnRefusals.required("name");
    }
    if (!body.has("routeSelectionExpression")) {
      throw OwnRefusals.invalid("routeSelectionExpression", "WebSocket APIs need one");
    }
    Api api = Desk.bind(body, Api.class);
    TagRules.check(api.tags(), limits);
    if (!KEY_SELECTIONS.contains(api.apiKeySelectionExpression())) {
      throw OwnRefusals.invalid("apiKeySelectionExpression", "one of " + KEY_SELECTIONS);
    }
    switch (api.protocolType()) {
      case HTTP -> checkHttp(api);
      case WEBSOCKET -> checkWebSocket(api);
    }
  }

  private static void checkHttp(Api api) {
    if (!api.routeSelectionExpression().equals(HTTP_SELECTION)) {
      throw OwnRefusals.invalid(
          "routeSelectionExpression", "HTTP APIs have ${request.method} ${request.path}");
    }
    if (api.disableSchemaValidation() != null) {
      throw OwnRefusals.onlyFor("WebSocket", "disableSchemaValidation");
    }
    if (api.corsConfiguration() != null) {
      CorsRules.check(api.corsConfiguration());
    }
  }

  private static void checkWebSocket(Api api) {
    if (api.corsConfiguration() != null) {
      throw OwnRefusals.onlyFor("HTTP", "corsConfiguration");
    }
    SelectionExpressions.checkOfMessage("routeSelectionExpression", api.routeSelectionExpression());
  }
}
