package dev.gatehouse.cli.upkeep;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Traffic;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * Traffic as a Gatehouse counts it: from its start on. What was before that nobody knows.
 *
 * @param requests by API and stage, as {@code id/stage}
 */
record CountedTraffic(Instant started, Map<String, Long> requests) implements Traffic {

  static CountedTraffic read(ControlClient client) throws InterruptedException {
    JsonNode status = client.get("/_gatehouse/status");
    Map<String, Long> requests = new HashMap<>();
    for (JsonNode stage : status.path("stages")) {
      requests.put(
          stage.path("apiId").asString("") + "/" + stage.path("stage").asString(""),
          stage.path("requests").asLong(0));
    }
    return new CountedTraffic(Instant.parse(status.path("started").asString()), requests);
  }

  @Override
  public OptionalLong since(Instant then, Api api, String stage) {
    return started.isAfter(then)
        ? OptionalLong.empty()
        : OptionalLong.of(requests.getOrDefault(api.id() + "/" + stage, 0L));
  }
}
