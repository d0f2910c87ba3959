package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Execution logs of WebSocket stages (websocket-api.md 12). */
class ExecutionLogsIT {

  @Test
  void aStageThatLogsItsStepsHasAGroupOfItsOwn() throws Exception {
    withGatehouse((gw, http) -> {
      Control control = gw.control();
      Reply role =
          control.patch(
              "/account",
              "{\"patchOperations\":[{\"op\":\"replace\",\"path\":\"/cloudwatchRoleArn\","
                  + "\"value\":\"arn:aws:iam::000000000000:role/logs\"}]}");
      assertThat(role.status()).as("%s", role).isEqualTo(200);
      String api =
          control
              .create(
                  "/v2/apis",
                  "{\"name\":\"w\",\"protocolType\":\"WEBSOCKET\","
                      + "\"routeSelectionExpression\":\"$request.body.action\"}")
              .path("apiId")
              .asString();
      control.create("/v2/apis/" + api + "/routes", "{\"routeKey\":\"$connect\"}");
      String deployment =
          control.create("/v2/apis/" + api + "/deployments", "{}").path("deploymentId").asString();
      control.create(
          "/v2/apis/" + api + "/stages",
          "{\"stageName\":\"s\",\"deploymentId\":\"%s\",\"defaultRouteSettings\":"
                  .formatted(deployment)
              + "{\"loggingLevel\":\"INFO\",\"dataTraceEnabled\":true}}");
      String head =
          "GET /s HTTP/1.1\r\nHost: "
              + api
              + ".execute-api.localhost:"
              + gw.port()
              + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      assertThat(http.exchange(head.getBytes(StandardCharsets.US_ASCII), false).status())
          .isEqualTo(101);
      String group = "API-Gateway-Execution-Logs_" + api + "/s";
      String events =
          Eventually.eventually(
              "steps in " + group,
              Duration.ofSeconds(10),
              () ->
                  Optional.of(events(gw, group))
                      .filter(text -> text.contains("Successfully completed execution")));
      assertThat(events).contains("$connect", "execution");
      assertThat(control.delete("/v2/apis/" + api).status()).isEqualTo(204);
    });
  }

  private static String events(RunningGatehouse gw, String group) throws Exception {
    List<String> headers = new ArrayList<>(gw.control().signed("logs"));
    headers.add("X-Amz-Target: Logs_20140328.FilterLogEvents");
    return gw.http()
        .send("POST", "/", "{\"logGroupName\":\"" + group + "\"}", headers.toArray(String[]::new))
        .text();
  }
}
