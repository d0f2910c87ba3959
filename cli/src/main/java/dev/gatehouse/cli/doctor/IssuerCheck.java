package dev.gatehouse.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether issuers of tokens tell their keys.
 *
 * @param settings what the server runs with; missing on AWS
 */
record IssuerCheck(JsonNode settings) implements Check {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  @Override
  public List<Problem> check(Patient api) throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode authorizer : api.authorizers()) {
      String issuer = authorizer.path("jwtConfiguration").path("issuer").asString("");
      if (!issuer.isEmpty()) {
        String place = settings.path("issuers").path(issuer).asString(issuer);
        Optional<String> why = problem(place.replaceFirst("/$", "") + DISCOVERY);
        why.ifPresent(text ->
            problems.add(
                api.problem(
                    "authorizer " + authorizer.path("name").asString(""),
                    "its issuer " + issuer + " tells no keys: " + text,
                    "start the issuer, or say under issuers in the configuration file where it"
                        + " is")));
      }
    }
    return problems;
  }

  private static Optional<String> problem(String url) throws InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build(),
              BodyHandlers.discarding());
      return answer.statusCode() == 200
          ? Optional.empty()
          : Optional.of(url + " answers " + answer.statusCode());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(url + " does not answer");
    }
  }
}
