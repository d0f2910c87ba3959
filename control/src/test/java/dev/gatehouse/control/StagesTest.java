package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesTest {
  @TempDir Path data;
  private Console console;
  private Releases releases;
  private String api;
  private String stages;
  private String deployments;

  @BeforeEach
  void open() {
    console = new Console(data);
    releases = new Releases(console.store());
    api = console.httpApi();
    stages = "/v2/apis/" + api + "/stages";
    deployments = "/v2/apis/" + api + "/deployments";
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aDeploymentNeedsARoute() { // K28, K29, K30
    assertThat(console.post(deployments, "{}").ok(400).message())
        .isEqualTo("Unable to deploy API because no routes exist in this API");
    assertThat(
            console
                .post("/v2/apis/" + console.webSocketApi() + "/deployments", "")
                .ok(400)
                .message())
        .isEqualTo("At least one route is required before deploying the Api");
    console.route(api, "GET /a");
    Answer answer = console.post(deployments, "{\"description\":\"d\"}").ok(201);
    String id = answer.text("deploymentId");
    assertThat(
            answer.is(
                "{\"autoDeployed\":false,\"createdDate\":\"2026-11-22T10:00:00Z\","
                    + "\"deploymentId\":\""
                    + id
                    + "\",\"deploymentStatus\":\"DEPLOYED\",\"description\":\"d\"}"))
        .isTrue();
    assertThat(id).matches("[a-z0-9]{6}");
  }

  @Test
  void aStageHasItsDefaultsOnly() { // K31, K32, K33
    Answer answer = console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    assertThat(
            answer.is(
                """
                {"stageName": "dev", "createdDate": "2026-11-22T10:00:00Z",
                 "lastUpdatedDate": "2026-11-22T10:00:00Z",
                 "defaultRouteSettings": {"detailedMetricsEnabled": false},
                 "routeSettings": {}, "stageVariables": {}, "tags": {}}\
                """))
        .isTrue();
    assertThat(console.get(stages + "/dev").body()).isEqualTo(answer.body());
    Answer webSocket =
        console.post("/v2/apis/" + console.webSocketApi() + "/stages", "{\"stageName\":\"dev\"}");
    assertThat(webSocket.ok(201).body().get("defaultRouteSettings"))
        .hasToString(
            "{\"dataTraceEnabled\":false,\"detailedMetricsEnabled\":false,"
                + "\"loggingLevel\":\"OFF\"}");
    assertThat(console.post(stages, "{\"stageName\":\"dev\"}").ok(409).message())
        .isEqualTo("Stage already exists");
    assertThat(console.post(stages, "{\"stageName\":\"a/b\"}").status()).isEqualTo(400);
  }

  @Test
  void aStageServesTheDeploymentItPointsTo() {
    console.route(api, "GET /a");
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    assertThat(release().stages().getFirst().deployed()).isInstanceOf(ApiRelease.Nothing.class);
    String first = console.post(deployments, "{}").ok(201).text("deploymentId");
    console.route(api, "GET /b");
    console.patch(stages + "/dev", "{\"deploymentId\":\"" + first + "\"}").ok(200);
    assertThat(servedRoutes()).containsExactly("GET /a");
    console.post(deployments, "{\"stageName\":\"dev\"}").ok(201);
    assertThat(servedRoutes()).containsExactlyInAnyOrder("GET /a", "GET /b");
    assertThat(console.post(deployments, "{\"stageName\":\"nope\"}").status()).isEqualTo(404);
    assertThat(console.patch(stages + "/dev", "{\"deploymentId\":\"nope\"}").status())
        .isEqualTo(404);
  }

  @Test
  void anAutomaticStageServesEachChangeWithTheChange() { // K34
    console.post(stages, "{\"stageName\":\"$default\",\"autoDeploy\":true}").ok(201);
    assertThat(console.get(stages + "/$default").text("lastDeploymentStatusMessage"))
        .isEqualTo(
            "Deployment attempt failed: Unable to deploy API because no routes exist in this API");
    console.passSeconds(60);
    long before = console.store().revision();
    String route = console.route(api, "GET /a");
    assertThat(console.store().revision()).isEqualTo(before + 1);
    assertThat(servedRoutes()).containsExactly("GET /a");
    Answer stage = console.get(stages + "/%24default").ok(200);
    String id = stage.text("deploymentId");
    assertThat(stage.text("lastDeploymentStatusMessage"))
        .isEqualTo("Successfully deployed stage with deployment ID '" + id + "'");
    assertThat(stage.text("lastUpdatedDate")).isEqualTo("2026-11-22T10:01:00Z");
    Answer deployment = console.get(deployments + "/" + id).ok(200);
    assertThat(deployment.body().get("autoDeployed").booleanValue()).isTrue();
    assertThat(deployment.text("description"))
        .isEqualTo("Automatic deployment triggered by changes to the Api configuration");
    console.delete("/v2/apis/" + api + "/routes/" + route).ok(204);
    assertThat(servedRoutes()).containsExactly("GET /a");
    assertThat(console.get(stages + "/$default").text("deploymentId")).isEqualTo(id);
  }

  @Test
  void integrationsAndSettingsDeployThemselvesToo() {
    console.route(api, "GET /a");
    console.post(stages, "{\"stageName\":\"a\",\"autoDeploy\":true}").ok(201);
    console.post(stages, "{\"stageName\":\"b\",\"autoDeploy\":true}").ok(201);
    String first = console.get(stages + "/a").text("deploymentId");
    console.integration(api);
    String second = console.get(stages + "/a").text("deploymentId");
    assertThat(second).isNotEqualTo(first);
    assertThat(console.get(stages + "/b").text("deploymentId")).isEqualTo(second);
    console.patch("/v2/apis/" + api, "{\"corsConfiguration\":{\"maxAge\":1}}").ok(200);
    String third = console.get(stages + "/a").text("deploymentId");
    assertThat(third).isNotEqualTo(second);
    console.patch("/v2/apis/" + api, "{\"corsConfiguration\":{\"maxAge\":1}}").ok(200);
    assertThat(console.get(stages + "/a").text("deploymentId")).isEqualTo(third);
  }

  @Test
  void switchingAutoDeployOnDeploys() {
    console.route(api, "GET /a");
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    Answer on = console.patch(stages + "/dev", "{\"autoDeploy\":true}").ok(200);
    assertThat(on.body().has("deploymentId")).isTrue();
    assertThat(servedRoutes()).containsExactly("GET /a");
  }

  @Test
  void anAutomaticStageTakesNoDeploymentByHand() { // K35
    console.route(api, "GET /a");
    String id = console.post(deployments, "{}").ok(201).text("deploymentId");
    console.post(stages, "{\"stageName\":\"dev\",\"autoDeploy\":true}").ok(201);
    assertThat(
            console.patch(stages + "/dev", "{\"deploymentId\":\"" + id + "\"}").ok(400).message())
        .isEqualTo("Deployment ID cannot be set on stages with AutoDeploy enabled");
    assertThat(console.post(deployments, "{\"stageName\":\"dev\"}").status()).isEqualTo(400);
    console
        .patch(stages + "/dev", "{\"autoDeploy\":false,\"deploymentId\":\"" + id + "\"}")
        .ok(200);
  }

  @Test
  void settingsNameRoutesThatExist() { // K36, K38
    Answer unknown =
        console.post(
            stages,
            "{\"stageName\":\"dev\",\"routeSettings\":{\"GET /pets\":"
                + "{\"detailedMetricsEnabled\":true}}}");
    assertThat(unknown.ok(404).message())
        .isEqualTo("Unable to find Route by key GET /pets within the provided RouteSettings");
    console.route(api, "GET /pets");
    console.route(api, "GET /b");
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    console
        .patch(
            stages + "/dev",
            "{\"routeSettings\":{\"GET /pets\":{\"detailedMetricsEnabled\":true}}}")
        .ok(200);
    Answer merged =
        console
            .patch(
                stages + "/dev",
                "{\"routeSettings\":{\"GET /b\":{\"detailedMetricsEnabled\":false}}}")
            .ok(200);
    assertThat(merged.body().get("routeSettings")).hasSize(2);
    console.delete(stages + "/dev/routesettings/GET%20%2Fpets").ok(204);
    assertThat(console.get(stages + "/dev").body().get("routeSettings"))
        .hasToString("{\"GET /b\":{\"detailedMetricsEnabled\":false}}");
    assertThat(console.delete(stages + "/dev/routesettings/GET%20%2Fpets").status()).isEqualTo(404);
  }

  @Test
  void settingsOutliveTheirRoute() {
    String route = console.route(api, "GET /pets");
    console
        .post(
            stages,
            "{\"stageName\":\"dev\",\"routeSettings\":{\"GET /pets\":"
                + "{\"detailedMetricsEnabled\":true}}}")
        .ok(201);
    console.delete("/v2/apis/" + api + "/routes/" + route).ok(204);
    console.patch(stages + "/dev", "{\"description\":\"x\"}").ok(200);
  }

  @Test
  void httpStagesHaveNoExecutionLogs() { // K37
    assertThat(
            console
                .post(
                    stages,
                    "{\"stageName\":\"dev\",\"defaultRouteSettings\":{\"loggingLevel\":\"INFO\"}}")
                .ok(400)
                .message())
        .isEqualTo("Execution logs are not supported on protocolType HTTP");
  }

  @Test
  void variablesAreMergedAndCleared() { // K40
    console
        .post(stages, "{\"stageName\":\"dev\",\"stageVariables\":{\"a\":\"1\",\"b\":\"2\"}}")
        .ok(201);
    Answer answer =
        console.patch(stages + "/dev", "{\"stageVariables\":{\"a\":\"\",\"c\":\"3\"}}").ok(200);
    assertThat(answer.body().get("stageVariables")).hasToString("{\"b\":\"2\",\"c\":\"3\"}");
    Answer empty =
        console.patch(stages + "/dev", "{\"stageVariables\":{\"b\":\"\",\"c\":\"\"}}").ok(200);
    assertThat(empty.body().get("stageVariables")).hasToString("{}");
    assertThat(console.patch(stages + "/dev", "{\"stageVariables\":{\"a\":\"x y\"}}").status())
        .isEqualTo(400);
  }

  @Test
  void aDeploymentInUseStays() { // K41
    console.route(api, "GET /a");
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    String id = console.post(deployments, "{\"stageName\":\"dev\"}").ok(201).text("deploymentId");
    assertThat(console.delete(deployments + "/" + id).ok(400).message())
        .isEqualTo("Active stages pointing to this deployment must be moved or deleted");
    console.delete(stages + "/dev").ok(204);
    console.delete(deployments + "/" + id).ok(204);
  }

  @Test
  void throttlesAreKeptAsGiven() {
    console.route(api, "GET /a");
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    String settings = "{\"throttlingBurstLimit\":0,\"throttlingRateLimit\":1.5}";
    Answer answer =
        console
            .patch(
                stages + "/dev",
                "{\"defaultRouteSettings\":%s,\"routeSettings\":{\"GET /a\":%s}}"
                    .formatted(settings, settings))
            .ok(200);
    assertThat(answer.body().at("/routeSettings/GET ~1a")).hasToString(settings);
    assertThat(answer.body().at("/defaultRouteSettings/throttlingRateLimit")).hasToString("1.5");
    for (String wrong :
        new String[] {"\"throttlingBurstLimit\":-1", "\"throttlingRateLimit\":-0.5"}) {
      String json = "{\"defaultRouteSettings\":{" + wrong + "}}";
      assertThat(console.patch(stages + "/dev", json).status()).as(wrong).isEqualTo(400);
    }
  }

  private static String logging(String destination, String format) {
    return "{\"accessLogSettings\":{\"destinationArn\":\"%s\",\"format\":\"%s\"}}"
        .formatted(destination, format);
  }

  @Test
  void accessLogsAreKeptAsGivenAndDeleted() { // K39
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    String group = "arn:aws:logs:us-east-1:123456789012:log-group:a/b";
    Answer answer =
        console.patch(stages + "/dev", logging(group + ":*", "$context.requestId x")).ok(200);
    assertThat(answer.body().at("/accessLogSettings/destinationArn").asString()).isEqualTo(group);
    console.delete(stages + "/dev/accesslogsettings").ok(204);
    assertThat(console.get(stages + "/dev").body().has("accessLogSettings")).isFalse();
  }

  @Test
  void accessLogsNeedALogGroupAndOneLineThatNamesTheRequest() {
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    String group = "arn:aws:logs:us-east-1:123456789012:log-group:g";
    String id = "$context.extendedRequestId";
    String stream = "arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-s";
    for (String wrong :
        new String[] {
          logging("arn:aws:s3:::b", id),
          logging(group, "$context.status"),
          logging(group, id + "\\n"),
          logging(group, id + "x".repeat(3 * 1024)),
          "{\"accessLogSettings\":{\"format\":\"" + id + "\"}}",
        }) {
      assertThat(console.patch(stages + "/dev", wrong).status()).as(wrong).isEqualTo(400);
    }
    console.patch(stages + "/dev", logging(stream, id)).ok(200);
    assertThat(
            console.get(stages + "/dev").body().at("/accessLogSettings/destinationArn").asString())
        .isEqualTo(stream);
    String other = stream.replace("amazon-apigateway-", "mine-");
    assertThat(console.patch(stages + "/dev", logging(other, id)).status()).isEqualTo(400);
    console.delete(stages + "/dev/cache/authorizers").ok(204);
    console.delete(stages + "/no/cache/authorizers").ok(404);
  }

  @Test
  void oldAutomaticDeploymentsGoButThoseInUseStay() {
    console.close();
    console = new Console(data, new Limits(300, 300, 10, 10, 50, 10, 100, 50, 10, 120, 5));
    releases = new Releases(console.store());
    console.route(api, "GET /a");
    String byHand = console.post(deployments, "{}").ok(201).text("deploymentId");
    console.post(stages, "{\"stageName\":\"dev\",\"autoDeploy\":true}").ok(201);
    String held = console.get(stages + "/dev").text("deploymentId");
    console.post(stages, "{\"stageName\":\"held\",\"deploymentId\":\"" + held + "\"}").ok(201);
    for (int i = 0; i < 120; i++) {
      console.patch("/v2/apis/" + api, "{\"description\":\"" + i + "\"}").ok(200);
      console.passSeconds(2);
    }
    assertThat(console.get(deployments + "?maxResults=500").body().get("items"))
        .hasSizeBetween(5, 5 + 53 + 3);
    console.get(deployments + "/" + byHand).ok(200);
    console.get(deployments + "/" + held).ok(200);
    assertThat(releases.read(api, Map.of())).isPresent();
  }

  @Test
  void releasesChangeWithApisAndStagesOnly() {
    long from = console.store().revision();
    console.route(api, "GET /a");
    assertThat(changedSince(from)).isEmpty();
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    assertThat(changedSince(from)).containsExactly(api);
    from = console.store().revision();
    console.delete("/v2/apis/" + api).ok(204);
    assertThat(changedSince(from)).containsExactly(api);
    assertThat(releases.read(api, Map.of())).isEmpty();
    assertThat(releases.apiIds()).isEmpty();
  }

  @Test
  void writersAtOnceLeaveOneRouteOfAKey() throws Exception {
    console.post(stages, "{\"stageName\":\"dev\",\"autoDeploy\":true}").ok(201);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String key = "GET /" + i % 10;
      work.add(() ->
          console.post("/v2/apis/" + api + "/routes", "{\"routeKey\":\"" + key + "\"}").status());
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses = new ArrayList<>();
      for (var done : pool.invokeAll(work)) {
        statuses.add(done.get());
      }
      assertThat(statuses.stream().filter(status -> status == 201)).hasSize(10);
      assertThat(statuses.stream().filter(status -> status == 409)).hasSize(30);
    }
    assertThat(servedRoutes()).hasSize(10);
  }

  private Set<String> changedSince(long revision) {
    return releases.changed(console.store().changesSince(revision, console.store().revision()));
  }

  private ApiRelease release() {
    return releases.read(api, Map.of()).orElseThrow();
  }

  @Test
  void aServedStageIsToldWhatDiffersForwardAndBack() {
    String kept = console.route(api, "GET /kept");
    String gone = console.route(api, "GET /gone");
    console.post(stages, "{\"stageName\":\"dev\"}").ok(201);
    console.post(deployments, "{\"stageName\":\"dev\"}").ok(201);
    long first = whole(release()).revision();
    console.route(api, "GET /new");
    console.delete("/v2/apis/" + api + "/routes/" + gone).ok(204);
    console.patch("/v2/apis/" + api + "/routes/" + kept, "{\"routeKey\":\"GET /moved\"}").ok(200);
    console.post(deployments, "{\"stageName\":\"dev\"}").ok(201);
    long second = whole(release()).revision();
    ApiRelease.Difference forward = difference(first);
    assertThat(keys(forward.removedRoutes())).containsExactlyInAnyOrder("GET /kept", "GET /gone");
    assertThat(keys(forward.addedRoutes())).containsExactlyInAnyOrder("GET /moved", "GET /new");
    String old =
        console.get(deployments).body().get("items").get(0).get("deploymentId").stringValue();
    String other =
        console.get(deployments).body().get("items").get(1).get("deploymentId").stringValue();
    for (String id : List.of(old, other)) {
      console.patch(stages + "/dev", "{\"deploymentId\":\"" + id + "\"}").ok(200);
      if (whole(release()).revision() == first) {
        ApiRelease.Difference back = difference(second);
        assertThat(keys(back.removedRoutes())).containsExactlyInAnyOrder("GET /moved", "GET /new");
        assertThat(keys(back.addedRoutes())).containsExactlyInAnyOrder("GET /kept", "GET /gone");
      }
    }
  }

  private ApiRelease.Difference difference(long served) {
    ApiRelease release = releases.read(api, Map.of("dev", served)).orElseThrow();
    return (ApiRelease.Difference) release.stages().getFirst().deployed();
  }

  private static List<String> keys(List<Route> routes) {
    return routes.stream().map(Route::routeKey).toList();
  }

  private static ApiRelease.Whole whole(ApiRelease release) {
    return (ApiRelease.Whole) release.stages().getFirst().deployed();
  }

  private List<String> servedRoutes() {
    return whole(release()).routes().stream().map(Route::routeKey).toList();
  }
}
