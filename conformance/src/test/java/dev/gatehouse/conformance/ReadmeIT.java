package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Page;
import dev.gatehouse.conformance.rig.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, as they stand there. */
class ReadmeIT {
  private static final Page README = new Page(Page.ROOT.resolve("README.md"));

  @TempDir Path folder;

  @Test
  void theFirstScreenNamesTheMainJobAndTheTests() throws Exception {
    // DemoIT runs the first, and the second is this run.
    assertThat(README.commands()).startsWith("./gatehouse demo", "./mvnw verify");
    assertThat(Files.readString(Page.ROOT.resolve(".ci/run"))).contains("./mvnw -B verify");
  }

  @Test
  void theCommandThatServesServes() throws Exception {
    assertThat(README.commands()).contains("./gatehouse serve");
    List<String> command =
        List.of(
            Page.ROOT.resolve("gatehouse").toString(),
            "serve",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    try (Program serve = Program.start(folder, Map.of(), command.toArray(String[]::new))) {
      serve.await("http://");
      assertThat(serve.output()).as("the distribution is the newest").doesNotContain("building");
    }
  }

  @Test
  void theAwsCommandsMakeAnApiThatTakesRequests() throws Exception {
    String commands =
        README.commands().stream()
            .filter(block -> block.contains("aws apigatewayv2"))
            .findFirst()
            .orElseThrow();
    withGatehouse((gatehouse, http) -> {
      try (Backend backend = Backend.start()) {
        String script =
            commands
                .replace("http://localhost:4566", gatehouse.url().toString())
                .replace("https://example.com", backend.url())
                .replace("aws apigatewayv2", "PATH=/usr/bin:$PATH aws apigatewayv2");
        try (Program program = Program.start(folder, Map.of(), "bash", "-ec", script)) {
          Program.Result result = program.result();
          assertThat(result.exit()).as(result.output()).isZero();
          assertThat(get(endpoint(result.output()) + "/anything")).isEqualTo(200);
        }
      }
    });
  }

  private static String endpoint(String output) {
    Matcher endpoint = Pattern.compile("\"ApiEndpoint\": \"([^\"]+)\"").matcher(output);
    assertThat(endpoint.find()).as(output).isTrue();
    return endpoint.group(1);
  }

  private static int get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
