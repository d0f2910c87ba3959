package dev.gatehouse.cli.advise;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A REST API (v1) of AWS's: what of it an HTTP API could not do, by its own members, its stages and
 * the definition that AWS exports of it.
 */
record RestApi(ControlClient client, JsonNode api) {

  /** The one of that id or name; empty where there is none. */
  static Optional<RestApi> find(ControlClient client, String idOrName) throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode each : client.get("/restapis?limit=500").path("item")) {
      if (each.path("id").asString("").equals(idOrName)
          || each.path("name").asString("").equals(idOrName)) {
        found.add(each);
      }
    }
    if (found.size() > 1) {
      throw new CallFailed(0, found.size() + " REST APIs are named " + idOrName + "; give an id");
    }
    return found.stream().findFirst().map(each -> new RestApi(client, each));
  }

  List<Need> needs() throws InterruptedException {
    List<Need> needs = new ArrayList<>();
    for (JsonNode type : api.path("endpointConfiguration").path("types")) {
      if (type.asString("").toUpperCase(Locale.ROOT).equals("PRIVATE")) {
        needs.add(
            new Need("the API", "a private endpoint", "none: HTTP APIs are regional and public"));
      }
    }
    if (api.has("policy")) {
      needs.add(
          new Need(
              "the API", "a resource policy", "an authorizer, or AWS WAF in front of CloudFront"));
    }
    deployed(needs);
    return needs.stream().distinct().toList();
  }

  /** What its stages and the definition that the first of them serves say. */
  private void deployed(List<Need> needs) throws InterruptedException {
    String path = "/restapis/" + ControlClient.segment(api.path("id").asString(""));
    JsonNode stages = client.get(path + "/stages").path("item");
    for (JsonNode stage : stages) {
      stage(stage, needs);
    }
    if (stages.isEmpty()) {
      throw new CallFailed(
          0, "the REST API has no stage, and AWS exports what is deployed; deploy it first");
    }
    String name = stages.path(0).path("stageName").asString("");
    needs.addAll(
        OpenApiNeeds.of(
            client.get(
                path
                    + "/stages/"
                    + ControlClient.segment(name)
                    + "/exports/oas30?extensions=apigateway")));
  }

  private static void stage(JsonNode stage, List<Need> needs) {
    String where = "stage " + stage.path("stageName").asString("");
    if (stage.path("cacheClusterEnabled").booleanValue(false)) {
      needs.add(new Need(where, "caching", "CloudFront in front of it"));
    }
    if (stage.has("canarySettings")) {
      needs.add(new Need(where, "a canary release", "weighted aliases of functions"));
    }
    if (stage.has("webAclArn")) {
      needs.add(new Need(where, "AWS WAF", "AWS WAF on a CloudFront distribution before it"));
    }
    if (stage.path("tracingEnabled").booleanValue(false)) {
      needs.add(new Need(where, "X-Ray tracing of the API", "tracing in the backends"));
    }
  }
}
