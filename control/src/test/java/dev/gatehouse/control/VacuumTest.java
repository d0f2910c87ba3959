package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ApiRelease;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VacuumTest {
  @TempDir Path data;
  private Console console;
  private Vacuum vacuum;
  private String id;
  private String api;

  @BeforeEach
  void open() {
    console = new Console(data);
    vacuum = new Vacuum(console.store());
    id = console.webSocketApi();
    api = "/v2/apis/" + id;
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void whatADeploymentShowsStaysAndTheRestGoes() {
    String route = api + "/routes/" + console.route(id, "chat");
    console.post(route + "/routeresponses", "{\"routeResponseKey\":\"$default\"}").ok(201);
    change(route, 20);
    String first = deployed();
    change(route, 20);
    String second = deployed();
    change(route, 20);
    console.delete(route).ok(204);
    console
        .post(api + "/stages", "{\"stageName\":\"s\",\"deploymentId\":\"" + first + "\"}")
        .ok(201);
    JsonNode difference = difference(first, second);
    ApiRelease release = release();
    long before = rows();

    assertThat(run()).isGreaterThan(50);
    assertThat(rows()).isLessThan(before - 50);
    assertThat(difference(first, second)).isEqualTo(difference);
    assertThat(release()).isEqualTo(release);
    console.patch(api + "/stages/s", "{\"deploymentId\":\"" + second + "\"}").ok(200);
    assertThat(release()).isNotEqualTo(release);
    assertThat(run()).isEqualTo(1); // the stage as it was
  }

  @Test
  void aDeploymentThatIsGoneKeepsNothing() {
    String route = api + "/routes/" + console.route(id, "chat");
    String deployment = deployed();
    change(route, 1);
    console.delete(api + "/deployments/" + deployment).ok(204);
    assertThat(run()).isEqualTo(2); // the route as it was, and the deployment
  }

  @Test
  void aDeletedApiLeavesNothingBehind() {
    console.route(id, "chat");
    deployed();
    console.delete(api).ok(204);
    run();
    assertThat(rows()).isZero();
  }

  @Test
  void whatChangedSinceTheLastRunWaitsForTheNext() {
    String route = api + "/routes/" + console.route(id, "chat");
    run();
    change(route, 3);
    assertThat(vacuum.run()).isZero();
    assertThat(vacuum.run()).isEqualTo(3);
  }

  private void change(String route, int times) {
    for (int i = 0; i < times; i++) {
      console.patch(route, "{\"operationName\":\"o" + System.nanoTime() + i + "\"}").ok(200);
    }
  }

  private String deployed() {
    return console.post(api + "/deployments", "{}").ok(201).text("deploymentId");
  }

  private JsonNode difference(String from, String to) {
    String path = "/_gatehouse/control/apis/" + id + "/deployments/" + from + "/diff/" + to;
    return console.get(path).ok(200).body();
  }

  private ApiRelease release() {
    return new Releases(console.store()).read(id, Map.of()).orElseThrow();
  }

  /** Twice: what was past at one run goes at the next. */
  private long run() {
    return vacuum.run() + vacuum.run();
  }

  private long rows() {
    return List.copyOf(console.store().changesSince(0, console.store().revision())).size();
  }
}
