package dev.gatehouse.cli.ca;

import dev.gatehouse.cli.remote.CallFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Which server's authority is meant. Its certificate is no secret: the call is not signed. */
final class Authority {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The server. Default: $$AWS_ENDPOINT_URL, else http://localhost:4566.",
      defaultValue = "${env:AWS_ENDPOINT_URL:-http://localhost:4566}")
  private URI endpoint = URI.create("http://localhost:4566");

  /** How it is shown. */
  enum Output {
    text,
    json
  }

  @Option(names = "--output", paramLabel = "FORM", description = "text or json. Default: text.")
  private Output output = Output.text;

  /** A text as it is for people, under a name for programs. */
  String shown(String name, String text) {
    return output == Output.text
        ? text
        : new JsonMapper().createObjectNode().put(name, text) + System.lineSeparator();
  }

  URI endpoint() {
    if (endpoint.getHost() == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new CallFailed(
          0, endpoint + " is no endpoint; give --endpoint as in http://localhost:4566");
    }
    return endpoint;
  }

  /** The certificate in PEM. */
  String certificate() throws InterruptedException {
    URI place = endpoint().resolve("/_gatehouse/ca.pem");
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> reply =
          http.send(
              HttpRequest.newBuilder(place).timeout(PATIENCE).build(), BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new CallFailed(
            reply.statusCode(), place + " answers " + reply.statusCode() + "; is it a Gatehouse?");
      }
      return reply.body();
    } catch (IOException e) {
      throw new CallFailed(
          0, "no Gatehouse answers at " + endpoint + "; start one with gatehouse serve");
    }
  }
}
