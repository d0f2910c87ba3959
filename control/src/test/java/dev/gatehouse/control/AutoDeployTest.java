package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ApiRelease;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoDeployTest {
  @TempDir Path data;
  private Console console;
  private String id;
  private String api;

  @BeforeEach
  void open() {
    console = new Console(data);
    id = console.httpApi();
    api = "/v2/apis/" + id;
    console.route(id, "GET /first");
    console.post(api + "/stages", "{\"stageName\":\"auto\",\"autoDeploy\":true}").ok(201);
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void changesThatFollowQuicklyShareADeployment() {
    for (int i = 0; i < 10; i++) {
      long before = console.store().revision();
      console.route(id, "GET /r" + i);
      assertThat(changedSince(before)).containsExactly(id);
    }
    assertThat(deployments()).isEqualTo(2);
    assertThat(servedRoutes()).isEqualTo(11);
    assertThat(console.get(api + "/stages/auto").text("lastDeploymentStatusMessage"))
        .isEqualTo("Successfully deployed stage with deployment ID '" + deployed() + "'");
  }

  @Test
  void aDeploymentThatWasShownStaysAsItWas() {
    console.route(id, "GET /a");
    String shown = deployed();
    String kept = "{\"stageName\":\"kept\",\"deploymentId\":\"" + shown + "\"}";
    console.post(api + "/stages", kept).ok(201);
    console.route(id, "GET /b");
    assertThat(deployed()).isNotEqualTo(shown);
    console.route(id, "GET /c");
    for (ApiRelease.StageRelease stage : release().stages()) {
      int routes = stage.stage().stageName().equals("kept") ? 2 : 4;
      assertThat(((ApiRelease.Whole) stage.deployed()).routes()).hasSize(routes);
    }
  }

  @Test
  void afterASecondItIsAnotherBatch() {
    console.route(id, "GET /a");
    console.passSeconds(1);
    console.route(id, "GET /b");
    assertThat(deployments()).isEqualTo(3);
  }

  @Test
  void whatOtherCallsShowCountsToo() {
    console.route(id, "GET /a");
    console.get("/_gatehouse/control/apis/" + id + "/deployments").ok(200);
    console.route(id, "GET /b");
    assertThat(deployments()).isEqualTo(3);
  }

  @Test
  void aDeletedBatchIsNotTakenUpAgain() {
    console.route(id, "GET /a");
    console.delete(api + "/stages/auto").ok(204);
    for (var item : console.get(api + "/deployments").body().get("items")) {
      console.delete(api + "/deployments/" + item.get("deploymentId").stringValue()).ok(204);
    }
    console.post(api + "/stages", "{\"stageName\":\"auto\",\"autoDeploy\":true}").ok(201);
    assertThat(deployments()).isEqualTo(1);
  }

  @Test
  void whatCannotBeDeployedLeavesTheOldOneRunningAndSaysWhy() {
    String before = deployed();
    for (var route : console.get(api + "/routes").body().get("items")) {
      console.delete(api + "/routes/" + route.get("routeId").stringValue()).ok(204);
    }
    assertThat(deployed()).isEqualTo(before);
    assertThat(console.get(api + "/stages/auto").text("lastDeploymentStatusMessage"))
        .isEqualTo(
            "Deployment attempt failed: Unable to deploy API because no routes exist in this API");
    assertThat(servedRoutes()).isEqualTo(1);
    console.route(id, "GET /again");
    assertThat(deployed()).isNotEqualTo(before);
  }

  @Test
  void aStageThatNoLongerDeploysItselfHasNoWordOfIt() {
    console.patch(api + "/stages/auto", "{\"autoDeploy\":false}").ok(200);
    assertThat(console.get(api + "/stages/auto").body().has("lastDeploymentStatusMessage"))
        .isFalse();
  }

  private Set<String> changedSince(long revision) {
    var store = console.store();
    return new Releases(store).changed(store.changesSince(revision, store.revision()));
  }

  private ApiRelease release() {
    return new Releases(console.store()).read(id, Map.of()).orElseThrow();
  }

  private int servedRoutes() {
    return ((ApiRelease.Whole) release().stages().getFirst().deployed()).routes().size();
  }

  private String deployed() {
    return console.get(api + "/stages/auto").text("deploymentId");
  }

  private int deployments() {
    return console.get(api + "/deployments").body().get("items").size();
  }
}
