package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RolloutsTest {
  @TempDir Path data;
  private Console console;
  private String api;
  private String aws;
  private String ours;

  @BeforeEach
  void open() {
    console = new Console(data);
    api = console.httpApi();
    aws = "/v2/apis/" + api;
    ours = "/_gatehouse/control/apis/" + api;
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void theListNamesRevisionsAndStagesNewestFirst() {
    console.route(api, "GET /a");
    String first = deploy();
    console.post(aws + "/stages", "{\"stageName\":\"a\",\"deploymentId\":\"" + first + "\"}");
    console.post(aws + "/stages", "{\"stageName\":\"b\",\"deploymentId\":\"" + first + "\"}");
    console.post(aws + "/stages", "{\"stageName\":\"auto\",\"autoDeploy\":true}").ok(201);

    JsonNode items = console.get(ours + "/deployments").ok(200).body().get("items");
    assertThat(items.size()).isEqualTo(2);
    assertThat(items.get(0).get("stages").toString()).isEqualTo("[\"auto\"]");
    assertThat(items.get(0).get("autoDeployed").booleanValue()).isTrue();
    assertThat(items.get(1).get("deploymentId").stringValue()).isEqualTo(first);
    assertThat(items.get(1).get("stages").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(items.get(1).get("createdDate").stringValue()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(items.get(0).get("revision").longValue())
        .isGreaterThan(items.get(1).get("revision").longValue());
  }

  @Test
  void theDiffSaysWhatWasAddedRemovedAndChanged() {
    String integration = console.integration(api);
    String kept = console.route(api, "GET /kept");
    String gone = console.route(api, "GET /gone");
    console.route(api, "GET /same");
    String from = deploy();
    console.delete(aws + "/routes/" + gone).ok(204);
    String target = "integrations/" + integration;
    console.patch(aws + "/routes/" + kept, "{\"target\":\"" + target + "\"}").ok(200);
    String fresh = console.route(api, "POST /fresh");
    console.patch(aws, "{\"description\":\"new\"}").ok(200);
    String to = deploy();

    Answer diff = console.get(ours + "/deployments/" + from + "/diff/" + to).ok(200);
    assertThat(diff.body().get("from").get("deploymentId").stringValue()).isEqualTo(from);
    assertThat(diff.body().get("to").get("deploymentId").stringValue()).isEqualTo(to);
    JsonNode differences = diff.body().get("differences");
    assertThat(differences.size()).isEqualTo(2);
    assertThat(differences.get(0).get("kind").stringValue()).isEqualTo("api");
    assertThat(differences.get(0).get("changed").get(0).get("members").toString())
        .isEqualTo("{\"description\":{\"to\":\"new\"}}");
    JsonNode routes = differences.get(1);
    assertThat(routes.get("kind").stringValue()).isEqualTo("route");
    assertThat(routes.get("added").get(0).get("id").stringValue()).isEqualTo(fresh);
    assertThat(routes.get("added").get(0).get("name").stringValue()).isEqualTo("POST /fresh");
    assertThat(routes.get("removed").get(0).get("id").stringValue()).isEqualTo(gone);
    assertThat(routes.get("removed").get(0).get("resource").get("routeKey").stringValue())
        .isEqualTo("GET /gone");
    assertThat(routes.get("changed").size()).isEqualTo(1);
    assertThat(routes.get("changed").get(0).get("id").stringValue()).isEqualTo(kept);
    assertThat(routes.get("changed").get(0).get("members").toString())
        .isEqualTo("{\"target\":{\"to\":\"" + target + "\"}}");
  }

  @Test
  void theDiffOtherWayRoundIsItsOpposite() {
    console.route(api, "GET /a");
    String from = deploy();
    console.route(api, "GET /b");
    String to = deploy();
    JsonNode back =
        console.get(ours + "/deployments/" + to + "/diff/" + from).body().get("differences").get(0);
    assertThat(back.get("removed").get(0).get("name").stringValue()).isEqualTo("GET /b");
    assertThat(back.get("added").isEmpty()).isTrue();
  }

  @Test
  void whatWasChangedAndChangedBackDoesNotDiffer() {
    String route = console.route(api, "GET /a");
    console.patch(aws + "/routes/" + route, "{\"operationName\":\"x\"}").ok(200);
    String from = deploy();
    console.patch(aws + "/routes/" + route, "{\"operationName\":\"y\"}").ok(200);
    console.patch(aws + "/routes/" + route, "{\"operationName\":\"x\"}").ok(200);
    String to = deploy();
    JsonNode diff = console.get(ours + "/deployments/" + from + "/diff/" + to).ok(200).body();
    assertThat(diff.get("differences").isEmpty()).isTrue();
  }

  @Test
  void theDiffOfAWebSocketApiShowsResponses() {
    String chat = console.webSocketApi();
    String route = console.route(chat, "$default");
    String from = console.post("/v2/apis/" + chat + "/deployments", "").text("deploymentId");
    console
        .post(
            "/v2/apis/" + chat + "/routes/" + route + "/routeresponses",
            "{\"routeResponseKey\":\"$default\"}")
        .ok(201);
    String to = console.post("/v2/apis/" + chat + "/deployments", "").text("deploymentId");
    JsonNode differences =
        console
            .get("/_gatehouse/control/apis/" + chat + "/deployments/" + from + "/diff/" + to)
            .ok(200)
            .body()
            .get("differences");
    assertThat(differences.size()).isEqualTo(1);
    assertThat(differences.get(0).get("kind").stringValue()).isEqualTo("route-response");
    assertThat(differences.get(0).get("added").get(0).get("name").stringValue())
        .isEqualTo("$default");
  }

  @Test
  void aRolledBackStageServesTheOldRoutes() {
    console.route(api, "GET /old");
    String first = deploy();
    console.route(api, "GET /new");
    String second = deploy();
    console
        .post(
            aws + "/stages",
            "{\"stageName\":\"$default\",\"deploymentId\":\"%s\"}".formatted(second))
        .ok(201);
    console.passSeconds(60);
    long before = console.store().revision();

    Answer moved =
        console
            .post(ours + "/stages/%24default/rollback", "{\"deploymentId\":\"" + first + "\"}")
            .ok(200);
    assertThat(
            moved.is(
                """
                {"stageName": "$default", "deploymentId": "%s", "previousDeploymentId": "%s",
                 "autoDeploy": false}\
                """
                    .formatted(first, second)))
        .isTrue();
    assertThat(console.store().revision()).isEqualTo(before + 1);
    assertThat(served("$default")).containsExactly("GET /old");
    assertThat(console.get(aws + "/stages/$default").text("lastUpdatedDate"))
        .isEqualTo("2026-11-22T10:01:00Z");
  }

  @Test
  void anAutomaticStageIsRolledBackOnlyWhenThatIsStopped() {
    console.post(aws + "/stages", "{\"stageName\":\"dev\",\"autoDeploy\":true}").ok(201);
    console.route(api, "GET /old");
    String first = console.get(aws + "/stages/dev").text("deploymentId");
    console.route(api, "GET /new");
    String rollback = ours + "/stages/dev/rollback";

    Answer refused = console.post(rollback, "{\"deploymentId\":\"" + first + "\"}").ok(409);
    assertThat(refused.errorType()).isEqualTo("ConflictException");
    assertThat(refused.message()).contains("dev", "AutoDeploy", "stopAutoDeploy");
    assertThat(served("dev")).containsExactlyInAnyOrder("GET /old", "GET /new");

    console.post(rollback, "{\"deploymentId\":\"" + first + "\",\"stopAutoDeploy\":true}").ok(200);
    assertThat(served("dev")).containsExactly("GET /old");
    console.route(api, "GET /newer");
    assertThat(served("dev")).containsExactly("GET /old");
    Answer stage = console.get(aws + "/stages/dev");
    assertThat(stage.body().get("autoDeploy").booleanValue()).isFalse();
    assertThat(stage.body().has("lastDeploymentStatusMessage")).isFalse();
  }

  @Test
  void promotionGivesAStageWhatAnotherServes() {
    console.route(api, "GET /old");
    String first = deploy();
    console
        .post(aws + "/stages", "{\"stageName\":\"prod\",\"deploymentId\":\"%s\"}".formatted(first))
        .ok(201);
    console.post(aws + "/stages", "{\"stageName\":\"dev\",\"autoDeploy\":true}").ok(201);
    console.route(api, "GET /new");
    assertThat(served("prod")).containsExactly("GET /old");

    console.post(ours + "/stages/prod/promote", "{\"from\":\"dev\"}").ok(200);
    assertThat(served("prod")).containsExactlyInAnyOrder("GET /old", "GET /new");
    assertThat(console.get(aws + "/stages/prod").text("deploymentId"))
        .isEqualTo(console.get(aws + "/stages/dev").text("deploymentId"));
    console.post(ours + "/stages/dev/promote", "{\"from\":\"prod\"}").ok(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /deployments/nope/diff/nope |                        | 404 | nope
          GET    | /nothing                    |                        | 404 | /nothing
          DELETE | /deployments                |                        | 405 | GET
          GET    | /stages/dev/rollback        |                        | 405 | POST
          POST   | /stages/nope/rollback       | {"deploymentId":"x"}   | 404 | nope
          POST   | /stages/dev/rollback        | {"deploymentId":"x"}   | 404 | x
          POST   | /stages/dev/rollback        |                        | 400 | deploymentId
          POST   | /stages/dev/rollback        | {"deploymentId":1}     | 400 | string
          POST   | /stages/dev/rollback        | {"deploymentID":"x"}   | 400 | deploymentId
          POST   | /stages/dev/rollback        | []                     | 400 | object
          POST   | /stages/dev/rollback        | {                      | 400 | object
          POST   | /stages/dev/rollback        | {"deploymentId":"x","stopAutoDeploy":"yes"} | 400 | boolean
          POST   | /stages/dev/promote         | {"from":"dev"}         | 400 | itself
          POST   | /stages/dev/promote         | {"from":"other"}       | 400 | other
          POST   | /stages/dev/promote         | {"from":"nope"}        | 404 | nope
          POST   | /stages/%zz/promote         | {"from":"dev"}         | 400 | percent
          """)
  void whatCannotBeIsRefused(String method, String path, String body, int status, String said) {
    console.post(aws + "/stages", "{\"stageName\":\"dev\"}").ok(201);
    console.post(aws + "/stages", "{\"stageName\":\"other\"}").ok(201);
    long before = console.store().revision();
    Answer refused = console.ask(method, ours + path, body == null ? "" : body).ok(status);
    assertThat(refused.message()).contains(said);
    assertThat(refused.errorType()).endsWith("Exception");
    assertThat(console.store().revision()).isEqualTo(before);
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() {
    console.post(aws + "/stages", "{\"stageName\":\"dev\"}").ok(201);
    String body = "{\"from\":\"" + "x".repeat(70_000) + "\"}";
    console.post(ours + "/stages/dev/promote", body).ok(413);
  }

  @Test
  void anotherAccountSeesNothing() {
    console.route(api, "GET /a");
    String id = deploy();
    console.post(aws + "/stages", "{\"stageName\":\"dev\"}").ok(201);
    console.actAs(new Scope("111111111111", "us-east-1"));
    console.get(ours + "/deployments").ok(404);
    console.get(ours + "/deployments/" + id + "/diff/" + id).ok(404);
    console.post(ours + "/stages/dev/rollback", "{\"deploymentId\":\"" + id + "\"}").ok(404);
  }

  @Test
  void theStageOfQuickCreateStaysAutomatic() {
    String quick =
        console
            .post(
                "/v2/apis",
                "{\"name\":\"q\",\"protocolType\":\"HTTP\",\"target\":\"http://b.test\"}")
            .ok(201)
            .text("apiId");
    String id = console.get("/v2/apis/" + quick + "/stages/$default").text("deploymentId");
    Answer refused =
        console.post(
            "/_gatehouse/control/apis/" + quick + "/stages/$default/rollback",
            "{\"deploymentId\":\"" + id + "\",\"stopAutoDeploy\":true}");
    assertThat(refused.ok(400).message()).contains("managed");
  }

  private String deploy() {
    return console.post(aws + "/deployments", "{}").ok(201).text("deploymentId");
  }

  private List<String> served(String stage) {
    Releases releases = new Releases(console.store());
    for (StageRelease each : releases.read(api, Map.of()).orElseThrow().stages()) {
      if (each.stage().stageName().equals(stage)) {
        ApiRelease.Whole whole = (ApiRelease.Whole) each.deployed();
        return whole.routes().stream().map(Route::routeKey).toList();
      }
    }
    throw new AssertionError("no stage " + stage);
  }
}
