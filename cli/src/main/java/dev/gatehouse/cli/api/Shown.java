package dev.gatehouse.cli.api;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** How parts of an API are shown. */
final class Shown {
  private static final JsonMapper JSON = new JsonMapper();

  private Shown() {}

  /** A list as JSON for programs. */
  static String list(List<JsonNode> items) {
    ArrayNode array = JSON.createArrayNode();
    items.forEach(array::add);
    return array.toPrettyString();
  }

  /** Who may call a route. */
  static String authorization(JsonNode route) {
    String type = route.path("authorizationType").asString("NONE");
    String authorizer = route.path("authorizerId").asString("");
    return authorizer.isEmpty() ? type : type + " " + authorizer;
  }

  /** Where a route leads. */
  static String target(JsonNode route, List<JsonNode> integrations) {
    String id = route.path("target").asString("").replaceFirst("^integrations/", "");
    for (JsonNode integration : integrations) {
      if (integration.path("integrationId").asString("").equals(id)) {
        String uri = integration.path("integrationUri").asString("");
        String subtype = integration.path("integrationSubtype").asString("");
        return integration.path("integrationType").asString("")
            + " "
            + (uri.isEmpty() ? subtype : uri);
      }
    }
    return id.isEmpty() ? "-" : id;
  }

  /** Where clients reach a stage. */
  static String url(JsonNode api, JsonNode stage) {
    String endpoint = api.path("apiEndpoint").asString("");
    String name = stage.path("stageName").asString("");
    boolean root = name.equals("$default") && api.path("protocolType").asString("").equals("HTTP");
    return root ? endpoint : endpoint + "/" + name;
  }
}
