package dev.gatehouse.cli.advise;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What an HTTP API asks a Gatehouse for that on AWS only a REST API has: usage plans, and what goes
 * beyond AWS's HTTP APIs and is switched on there.
 */
record HttpApiNeeds(ControlClient client, String id) {
  private static final int NOT_FOUND = 404;
  private static final int NOT_BUILT = 501;
  private static final int LONGEST_MILLIS = 30_000;

  List<Need> read() throws InterruptedException {
    List<Need> needs = new ArrayList<>();
    plans(needs);
    if (!client.aws()) {
      String path = ApiChoice.resourceOf(id);
      for (JsonNode route : client.all(path + "/routes")) {
        route(route, needs);
      }
      for (JsonNode integration : client.all(path + "/integrations")) {
        integration(integration.path("integrationId").asString(""), needs);
      }
    }
    return needs;
  }

  private void plans(List<Need> needs) throws InterruptedException {
    for (JsonNode plan : optional("/usageplans?limit=500").path("item")) {
      for (JsonNode stage : plan.path("apiStages")) {
        if (stage.path("apiId").asString("").equals(id)) {
          needs.add(apiKeys("usage plan " + plan.path("name").asString("")));
        }
      }
    }
  }

  private void route(JsonNode route, List<Need> needs) throws InterruptedException {
    JsonNode beyond = extensions("routes", route.path("routeId").asString(""));
    if (beyond.path("apiKeyRequired").booleanValue(false)) {
      needs.add(apiKeys("route " + route.path("routeKey").asString("")));
    }
  }

  private static Need apiKeys(String where) {
    return new Need(
        where, "API keys and usage plans", "an authorizer; quotas by a stage's throttling");
  }

  private void integration(String integrationId, List<Need> needs) throws InterruptedException {
    JsonNode beyond = extensions("integrations", integrationId);
    String where = "integration " + integrationId;
    if (beyond.path("streaming").booleanValue(false)) {
      needs.add(new Need(where, "streamed answers", "answers of at most 10 MB, sent when whole"));
    }
    if (beyond.path("timeoutInMillis").asInt(0) > LONGEST_MILLIS) {
      needs.add(
          new Need(
              where,
              "a timeout beyond 30 seconds",
              "answer at once, and let the client ask for the result"));
    }
  }

  private JsonNode extensions(String kind, String part) throws InterruptedException {
    return optional(
        "/_gatehouse/control/apis/"
            + ControlClient.segment(id)
            + "/"
            + kind
            + "/"
            + ControlClient.segment(part)
            + "/extensions");
  }

  /** An answer; nothing where the server has no such thing, as other emulators do. */
  private JsonNode optional(String target) throws InterruptedException {
    try {
      return client.get(target);
    } catch (CallFailed failed) {
      if (failed.status() == NOT_FOUND || failed.status() == NOT_BUILT) {
        return MissingNode.getInstance();
      }
      throw failed;
    }
  }
}
