package dev.gatehouse.cli.doctor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether backends can be reached.
 *
 * @param settings what the server runs with; missing on AWS
 */
record TargetCheck(JsonNode settings) implements Check {

  @Override
  public List<Problem> check(Patient api) {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode integration : api.integrations()) {
      String type = integration.path("integrationType").asString("");
      if (!type.startsWith("HTTP")) {
        continue;
      }
      if (integration.path("connectionType").asString("").equals("VPC_LINK")) {
        link(api, integration).ifPresent(problems::add);
      } else {
        url(integration)
            .flatMap(Reach::problem)
            .ifPresent(why -> problems.add(unreachable(api, integration, why)));
      }
    }
    return problems;
  }

  private static Problem unreachable(Patient api, JsonNode integration, String why) {
    String uri = integration.path("integrationUri").asString("");
    return api.problem(
        about(integration),
        uri + " cannot be reached from here: " + why,
        "start the backend, or correct the integration's URI");
  }

  private Optional<Problem> link(Patient api, JsonNode integration) {
    String uri = integration.path("integrationUri").asString("");
    if (settings.isMissingNode() || settings.path("targets").has(uri)) {
      return Optional.empty();
    }
    return Optional.of(
        api.problem(
            about(integration),
            "no target is configured for " + uri + ", so requests get 503",
            "add it under targets in the configuration file"));
  }

  private static String about(JsonNode integration) {
    return "integration " + integration.path("integrationId").asString("");
  }

  private static Optional<URI> url(JsonNode integration) {
    String uri = integration.path("integrationUri").asString("");
    if (uri.contains("${")) {
      return Optional.empty(); // a stage variable says where it leads
    }
    try {
      String authority = uri.replaceFirst("^(https?://[^/{?]*).*", "$1");
      URI url = new URI(authority);
      return url.getHost() == null ? Optional.empty() : Optional.of(url);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
