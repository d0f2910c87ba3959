package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.Eventually.eventually;
import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import tools.jackson.databind.JsonNode;

/** The {@code gatehouse} command about APIs, against a running server. */
class CommandsIT {
  @TempDir private Path directory;
  private final String account =
      "%012d".formatted(Math.abs(UUID.randomUUID().getMostSignificantBits() % 999_999_999_999L));

  private Program.Result gatehouse(RunningGatehouse gw, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(RunningGatehouse.launcher().toString()));
    command.addAll(List.of(arguments));
    Map<String, String> environment =
        Map.of(
            "AWS_ENDPOINT_URL",
            gw.url().toString(),
            "AWS_ACCESS_KEY_ID",
            account,
            "AWS_SECRET_ACCESS_KEY",
            "test");
    return Program.run(directory, environment, command.toArray(String[]::new));
  }

  private JsonNode json(RunningGatehouse gw, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    Program.Result result = gatehouse(gw, all.toArray(String[]::new));
    assertThat(result.exit()).as(result.output()).isZero();
    return Reply.parse(result.output());
  }

  private Gateways gateways(RunningGatehouse gw) {
    return Gateways.builder()
        .endpoint(gw.url().toString())
        .region("us-east-1")
        .credentials(account, "test")
        .build();
  }

  @Test
  void apisAreListedShownOpenedAndRemoved() throws Exception {
    withGatehouse((gw, http) -> {
      try (Gateways gateways = gateways(gw)) {
        Api shop = gateways.create(HttpApiSpec.named("shop").description("What we sell"));
        Integration backend = shop.create(HttpIntegration.of("http://127.0.0.1:9/{proxy}"));
        shop.create(RouteSpec.of("ANY /{proxy+}").to(backend));
        shop.create(RouteSpec.of("GET /me").to(backend).iam());
        shop.create(StageSpec.of("prod").throttle(5, 3));

        assertThat(gatehouse(gw, "api", "ls").output())
            .contains("PROTOCOL")
            .contains(shop.id())
            .contains("shop")
            .contains(shop.endpoint().toString());
        assertThat(json(gw, "api", "ls").get(0).path("apiId").asString()).isEqualTo(shop.id());
        String shown = gatehouse(gw, "api", "show", "shop").output();
        assertThat(shown)
            .contains("What we sell")
            .contains("ANY /{proxy+}")
            .contains("HTTP_PROXY http://127.0.0.1:9/{proxy}")
            .contains("AWS_IAM")
            .contains(shop.endpoint() + "/prod");
        JsonNode whole = json(gw, "api", "show", shop.id());
        assertThat(whole.path("routes").size()).isEqualTo(2);
        assertThat(whole.path("stages").size()).isEqualTo(1);
        assertThat(gatehouse(gw, "routes", "shop").output()).contains("GET /me");
        assertThat(json(gw, "routes", "shop").size()).isEqualTo(2);
        assertThat(gatehouse(gw, "stages", "shop").output())
            .contains("by itself")
            .contains("5.0/s");
        assertThat(json(gw, "stages", "shop").get(0).path("stageName").asString())
            .isEqualTo("prod");
        assertThat(gatehouse(gw, "api", "open", "shop", "--print").output().strip())
            .isEqualTo(shop.endpoint() + "/prod");
        Program.Result wrong = gatehouse(gw, "api", "open", "shop", "--print", "--stage", "test");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.output().lines().toList()).hasSize(1);
        assertThat(wrong.output()).contains("name one of [prod] with --stage");

        Program.Result unasked = gatehouse(gw, "api", "rm", "shop");
        assertThat(unasked.exit()).isEqualTo(1);
        assertThat(unasked.output()).contains("--yes");
        assertThat(gateways.apis()).hasSize(1);
        assertThat(gatehouse(gw, "api", "rm", "shop", "--yes").exit()).isZero();
        assertThat(gateways.apis()).isEmpty();
        Program.Result gone = gatehouse(gw, "api", "show", "shop");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.output()).contains("gatehouse api ls");
      }
    });
  }

  @Test
  void pruneShowsAndRemovesOnlyWhenTold() throws Exception {
    withGatehouse((gw, http) -> {
      try (Gateways gateways = gateways(gw)) {
        Api bare = gateways.create(HttpApiSpec.named("bare"));
        assertThat(gatehouse(gw, "prune").output())
            .contains("api without routes")
            .contains(bare.id());
        JsonNode findings = json(gw, "prune");
        assertThat(findings.get(0).path("kind").asString()).isEqualTo("API_WITHOUT_ROUTES");
        assertThat(gatehouse(gw, "prune", "--remove").exit()).isEqualTo(1);
        assertThat(gateways.apis()).hasSize(1);
        assertThat(gatehouse(gw, "prune", "--remove", "--yes").output()).contains("removed 1");
        assertThat(gateways.apis()).isEmpty();
      }
    });
  }

  @Test
  void helpHasColourOnATerminalOnly() throws Exception {
    withGatehouse((gw, http) -> {
      assertThat(gatehouse(gw, "-h").output()).contains("Commands:").doesNotContain("\u001b");
      Program.Result terminal =
          Program.run(
              directory,
              Map.of("TERM", "xterm"),
              "script",
              "-qec",
              RunningGatehouse.launcher() + " -h",
              "/dev/null");
      assertThat(terminal.output()).contains("Commands:").contains("\u001b[");
    });
  }

  @Test
  void pruneFindsStagesWithoutTraffic() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          Gateways gateways = gateways(gw)) {
        Api api = gateways.create(HttpApiSpec.named("quiet").target(backend.url() + "/"));
        Stage busy = api.create(StageSpec.of("busy"));
        try (HttpClient client = HttpClient.newHttpClient()) {
          client.send(
              HttpRequest.newBuilder(URI.create(busy.url() + "/")).build(),
              BodyHandlers.discarding());
        }
        assertThat(gatehouse(gw, "prune", "--idle", "9999d").output())
            .contains("requests are counted since", "ask for less with --idle")
            .doesNotContain("stage without traffic");
        List<JsonNode> idle =
            eventually(
                "stages older than a second",
                Duration.ofSeconds(60),
                () ->
                    Optional.of(json(gw, "prune", "--idle", "1s").valueStream().toList())
                        .filter(found -> !found.isEmpty()));
        assertThat(idle).hasSize(1);
        assertThat(idle.getFirst().path("kind").asString()).isEqualTo("STAGE_WITHOUT_TRAFFIC");
        assertThat(idle.getFirst().path("id").asString()).isEqualTo("$default");
        assertThat(gatehouse(gw, "prune", "--idle", "soon").exit()).isEqualTo(2);
        api.delete();
      }
    });
  }

  @Test
  void filesGoThroughPresignedUrls() throws Exception {
    withGatehouse((gw, http) -> {
      byte[] image = new byte[300_000];
      new Random(7).nextBytes(image);
      try (S3Client s3 = gw.s3();
          S3Presigner presigner = presigner(gw);
          Backend presign = Backend.start(exchange -> presign(presigner, exchange));
          Gateways gateways = gateways(gw)) {
        s3.createBucket(r -> r.bucket("commands"));
        Api api = gateways.create(HttpApiSpec.named("image-pipeline").target(presign.url() + "/"));
        Path file = Files.write(directory.resolve("cat.png"), image);
        Program.Result missing = gatehouse(gw, "download", "cat", "copy.png");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.output()).contains("answered with 404").contains("NoSuchKey");
        assertThat(directory.resolve("copy.png")).doesNotExist();
        Program.Result up = gatehouse(gw, "upload", file.toString(), "cat");
        assertThat(up.output()).matches("uploaded .* as cat: 300000 bytes in \\d+ ms \\(.*\\)\\n");
        assertThat(s3.getObjectAsBytes(r -> r.bucket("commands").key("cat")).asByteArray())
            .isEqualTo(image);
        JsonNode down = json(gw, "download", "cat", "copy.png", "--api", api.id());
        assertThat(down.path("bytes").asInt()).isEqualTo(300_000);
        assertThat(Files.readAllBytes(directory.resolve("copy.png"))).isEqualTo(image);
        Program.Result nothing = gatehouse(gw, "upload", "no-such-file", "cat");
        assertThat(nothing.output()).contains("no readable file");
        api.delete();
      }
    });
  }

  private static S3Presigner presigner(RunningGatehouse gw) {
    return S3Presigner.builder()
        .endpointOverride(gw.url())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  private static void presign(S3Presigner presigner, HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    String key = query.replaceFirst(".*file=", "");
    Duration valid = Duration.ofMinutes(5);
    URL url =
        query.contains("mode=upload")
            ? presigner
                .presignPutObject(r ->
                    r.signatureDuration(valid).putObjectRequest(p -> p.bucket("commands").key(key)))
                .url()
            : presigner
                .presignGetObject(r ->
                    r.signatureDuration(valid).getObjectRequest(p -> p.bucket("commands").key(key)))
                .url();
    Backend.text(exchange, 200, "{\"url\":\"" + url + "\"}");
  }
}
