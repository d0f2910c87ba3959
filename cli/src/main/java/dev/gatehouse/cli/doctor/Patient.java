package dev.gatehouse.cli.doctor;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An API with all that is looked at. */
record Patient(
    JsonNode api,
    List<JsonNode> routes,
    List<JsonNode> integrations,
    List<JsonNode> stages,
    List<JsonNode> authorizers) {

  static Patient read(ControlClient client, String id) throws InterruptedException {
    String path = ApiChoice.resourceOf(id);
    return new Patient(
        client.get(path),
        client.all(path + "/routes"),
        client.all(path + "/integrations"),
        client.all(path + "/stages"),
        client.all(path + "/authorizers"));
  }

  String id() {
    return api.path("apiId").asString("");
  }

  boolean isHttp() {
    return api.path("protocolType").asString("").equals("HTTP");
  }

  /** The integration that a route leads to. */
  Optional<JsonNode> target(JsonNode route) {
    String id = route.path("target").asString("").replaceFirst("^integrations/", "");
    return integrations.stream()
        .filter(each -> each.path("integrationId").asString("").equals(id))
        .findFirst();
  }

  Problem problem(String about, String problem, String fix) {
    return new Problem(id(), about, problem, fix);
  }

  static String key(JsonNode route) {
    return route.path("routeKey").asString("");
  }
}
