package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, as they stand there. */
class ReadmeIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

  @TempDir Path folder;

  private static List<String> commands() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
    while (block.find()) {
      blocks.add(block.group(1).strip());
    }
    return blocks;
  }

  @Test
  void theFirstScreenNamesTheMainJobAndTheTests() throws Exception {
    assertThat(commands()).startsWith("./gatehouse demo", "./mvnw verify"); // DemoIT, and this run
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("./mvnw -B verify");
  }

  @Test
  void theCommandThatServesServes() throws Exception {
    assertThat(commands()).contains("./gatehouse serve");
    List<String> command =
        List.of(
            ROOT.resolve("gatehouse").toString(),
            "serve",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    try (Program serve = Program.start(folder, Map.of(), command.toArray(String[]::new))) {
      serve.await("http://");
    }
  }

  @Test
  void theAwsCommandsMakeAnApiThatTakesRequests() throws Exception {
    String commands =
        commands().stream()
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

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      Matcher link = LINK.matcher(Files.readString(ROOT.resolve(page)));
      while (link.find()) {
        assertThat(ROOT.resolve(link.group(1))).as(page).exists();
      }
    }
  }
}
