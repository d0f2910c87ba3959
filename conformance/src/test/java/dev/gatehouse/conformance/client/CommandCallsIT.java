package dev.gatehouse.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Deployment;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.LambdaIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.AwsModels;
import dev.gatehouse.conformance.rig.AwsModels.Judgement;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.OtherServices;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.StandIn;
import dev.gatehouse.conformance.rig.Tap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/**
 * Every command's control calls are AWS's, by AWS's own models; with {@code --aws} they go to AWS's
 * hosts and nowhere else. No test here reaches AWS: a proxy stands in for its hosts, and a
 * Gatehouse that checks signatures answers for them.
 */
class CommandCallsIT {
  private static final AwsBasicCredentials KEY =
      AwsBasicCredentials.create("AKIACALLS", "secret-of-the-calls");

  /** They serve, print a script, or speak to an API ({@link SocketCommandsIT}), not its control. */
  private static final Set<String> WITHOUT_CALLS = Set.of("serve", "demo", "completion", "ws");

  /** What AWS has no call for. */
  private static final Set<String> OWN =
      Set.of("deployments diff", "status", "top", "explain", "requests", "ca ");

  @TempDir private Path folder;
  private final Set<String> walked = new TreeSet<>();
  private final Map<String, String> environment = new HashMap<>();
  private boolean aws;

  @Test
  void everyCommandSendsAwsCallsAndToAwsNothingElse() throws Exception {
    StandIn aws = StandIn.make(folder);
    String configuration =
        "auth: verify\nhosts: %s\nkeys: [{id: %s, secret: %s}]\n"
            .formatted(StandIn.HOSTS, KEY.accessKeyId(), KEY.secretAccessKey());
    try (RunningGatehouse gw = RunningGatehouse.start(folder.resolve("data"), configuration);
        Backend presign =
            Backend.start(exchange ->
                Backend.text(exchange, 200, "{\"url\":\"" + gw.url() + "/_gatehouse/health\"}"));
        Tap tap = Tap.before(gw.port());
        OtherServices others = OtherServices.before(gw);
        Tap proxy =
            Tap.proxy(
                host -> host.matches("(monitoring|apigateway)\\..*") ? others.port() : gw.port(),
                aws.tls())) {
      environment.put("AWS_ACCESS_KEY_ID", KEY.accessKeyId());
      environment.put("AWS_SECRET_ACCESS_KEY", KEY.secretAccessKey());
      environment.put("AWS_REGION", "us-east-1");
      Shop shop = shop(gw, presign);

      environment.put("AWS_ENDPOINT_URL", tap.url().toString());
      walk(gw, shop);
      own(shop);
      assertThat(walked).containsAll(commands());
      Judgement calls = AwsModels.judge(tap.requests(), KEY.secretAccessKey());
      assertThat(calls.problems()).isEmpty();

      environment.remove("AWS_ENDPOINT_URL");
      environment.put("GATEHOUSE_JAVA_OPTS", aws.javaOptions(proxy.port()));
      this.aws = true;
      walked.clear();
      walk(gw, shop);
      Program.Result refused = gatehouse("deployments", "diff", shop.api(), "a", "b");
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.output()).contains("AWS has no call").hasLineCount(1);
      assertThat(json("advise", "rest123456").path("needs").valueStream())
          .extracting(need -> need.path("what").asString())
          .contains("a private endpoint", "caching")
          .anyMatch(what -> what.startsWith("an integration of type aws"));
      Set<String> both = new TreeSet<>(commands());
      both.removeIf(command -> OWN.stream().anyMatch(command::startsWith));
      assertThat(walked).containsAll(both);
      Judgement there = AwsModels.judge(proxy.requests(), KEY.secretAccessKey());
      assertThat(there.problems()).isEmpty();
      assertThat(there.own()).isEmpty();
      assertThat(there.calls())
          .contains("apigatewayv2.GetApis", "apigatewayv2.UpdateStage", "apigatewayv2.DeleteApi")
          .contains("lambda.Invoke", "lambda.GetPolicy", "logs.FilterLogEvents", "s3.HeadBucket")
          .contains("iam.CreateUser", "iam.CreateAccessKey", "iam.DeleteAccessKey")
          .contains("cloudwatch.GetMetricStatistics", "apigateway.GetExport")
          .containsAll(without(calls.calls()));
    }
  }

  /**
   * What was called without --aws but for deployments, which Gatehouse has calls of its own for.
   */
  private static Set<String> without(Set<String> calls) {
    Set<String> all = new TreeSet<>(calls);
    all.removeIf(call -> call.startsWith("presigned"));
    return all;
  }

  /**
   * What the commands are about.
   *
   * @param first a deployment
   */
  private record Shop(String api, String first) {}

  private static Shop shop(RunningGatehouse gw, Backend presign) throws Exception {
    try (LambdaClient lambda = gw.client(LambdaClient.builder(), KEY);
        S3Client s3 = gw.client(S3Client.builder().forcePathStyle(true), KEY);
        Gateways gateways = gateways(gw)) {
      String arn = Functions.create(lambda, "calls", Probe.class, 20);
      s3.createBucket(r -> r.bucket("calls-there"));
      lambda.updateFunctionConfiguration(r ->
          r.functionName("calls")
              .environment(e -> e.variables(Map.of("IMAGE_BUCKET", "calls-there"))));
      Api api = gateways.create(HttpApiSpec.named("shop").target(presign.url() + "/"));
      api.create(RouteSpec.of("GET /items").to(api.create(LambdaIntegration.of(arn))));
      Deployment first = api.deploy("first");
      Stage test = api.create(StageSpec.of("test").deployment(first));
      api.create(StageSpec.of("prod").deployment(api.deploy("second")));
      assertThat(test.apiId()).isEqualTo(api.id());
      return new Shop(api.id(), first.id());
    }
  }

  private static Gateways gateways(RunningGatehouse gw) {
    return Gateways.builder()
        .endpoint(gw.url().toString())
        .region("us-east-1")
        .credentials(KEY.accessKeyId(), KEY.secretAccessKey())
        .build();
  }

  /** What AWS and Gatehouse alike are asked for. */
  private void walk(RunningGatehouse gw, Shop shop) throws Exception {
    assertThat(json("api", "ls")).isNotEmpty();
    json("api", "show", "shop");
    assertThat(json("api", "open", "shop", "--print").path("url").asString()).startsWith("http");
    json("routes", "shop");
    json("stages", shop.api());
    assertThat(json("deployments", "ls", "shop").path("items")).isNotEmpty();
    JsonNode moved = json("deployments", "rollback", "shop", "prod", shop.first());
    assertThat(moved.path("deploymentId").asString()).isEqualTo(shop.first());
    json("deployments", "promote", "shop", "test", "prod");
    assertThat(json("doctor", "shop").isArray()).isTrue();
    json("prune", "--idle", "1s");
    json("advise", "shop");
    assertThat(json("invoke", "calls").path("statusCode").asInt()).isEqualTo(200);
    lines("logs", "calls", "--since", "1h");
    Path file = Files.writeString(folder.resolve("file"), "a");
    assertThat(gatehouse("upload", file.toString(), "key", "--api", "shop").output())
        .contains("the upload was answered with"); // health is no bucket
    json("download", "key", folder.resolve("copy").toString(), "--api", "shop");
    JsonNode key = json("keys", "create", aws ? "there" : "ci");
    assertThat(json("keys", "ls")).isNotEmpty();
    json("keys", "rm", key.path("accessKeyId").asString());
    try (Gateways gateways = gateways(gw)) {
      gateways.create(HttpApiSpec.named("gone"));
      json("api", "rm", "gone", "--yes");
      gateways.create(HttpApiSpec.named("bare"));
      assertThat(json("prune", "--remove", "--yes").toString()).contains("API_WITHOUT_ROUTES");
      assertThat(gateways.find("bare")).isEmpty();
    }
  }

  /** Only a Gatehouse is asked for these. */
  private void own(Shop shop) throws Exception {
    json("deployments", "diff", "shop", shop.first(), shop.first());
    json("status");
    assertThat(lines("top", "--once", "--every", "50ms")).hasSize(1);
    json("explain", "/_gatehouse/apis/" + shop.api() + "/items");
    json("requests");
    assertThat(json("ca", "show").path("certificate").asString()).startsWith("-----BEGIN");
    json("ca", "install-hint");
  }

  private JsonNode json(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    Program.Result result = gatehouse(all.toArray(String[]::new));
    boolean found = arguments[0].equals("doctor"); // exits 1 where it finds something
    assertThat(result.exit()).as("%s: %s", all, result.output()).isIn(0, found ? 1 : 0);
    assertThat(result.output()).as("%s", all).matches("(?s)[\\[{].*");
    return Reply.parse(result.output());
  }

  private List<JsonNode> lines(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    Program.Result result = gatehouse(all.toArray(String[]::new));
    assertThat(result.exit()).as("%s: %s", all, result.output()).isZero();
    return result.output().lines().map(Reply::parse).toList();
  }

  private Program.Result gatehouse(String... arguments) throws Exception {
    String second = arguments.length > 1 ? arguments[1].replace("-", "") : "";
    walked.addAll(List.of(arguments[0], arguments[0] + " " + second));
    List<String> command = new ArrayList<>(List.of(RunningGatehouse.launcher().toString()));
    command.addAll(List.of(arguments));
    if (aws) {
      command.add("--aws");
    }
    return Program.run(folder, environment, command.toArray(String[]::new));
  }

  /** Every command, as shells complete them: without hyphens. */
  private Set<String> commands() throws Exception {
    String script =
        Program.run(folder, Map.of(), RunningGatehouse.launcher().toString(), "completion")
            .output();
    Set<String> all = new TreeSet<>();
    Pattern.compile("function _picocli_gatehouse_(\\w+)\\(\\)")
        .matcher(script)
        .results()
        .forEach(each -> all.add(each.group(1).replace('_', ' ')));
    assertThat(all).contains("api ls", "doctor");
    all.removeIf(name ->
        WITHOUT_CALLS.contains(name.split(" ")[0])
            || all.stream().anyMatch(each -> each.startsWith(name + " ")));
    return all;
  }
}
