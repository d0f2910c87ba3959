package dev.gatehouse.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whether anything is served at all. */
final class StageCheck implements Check {

  @Override
  public List<Problem> check(Patient api) {
    List<Problem> problems = new ArrayList<>();
    empty(api, problems);
    for (JsonNode stage : api.stages()) {
      stage(api, stage, problems);
    }
    for (JsonNode route : api.routes()) {
      if (api.target(route).isEmpty()) {
        problems.add(
            api.problem(
                "route " + Patient.key(route),
                "it leads to no integration, so requests get 500",
                "give it a target integrations/{id}"));
      }
    }
    return problems;
  }

  private static void empty(Patient api, List<Problem> problems) {
    if (api.stages().isEmpty()) {
      problems.add(
          api.problem(
              "stages",
              "there is no stage, so nothing is served",
              "aws apigatewayv2 create-stage --api-id "
                  + api.id()
                  + " --stage-name '$default' --auto-deploy"));
    }
    if (api.routes().isEmpty()) {
      problems.add(
          api.problem("routes", "there is no route, so every request gets 404", "create one"));
    }
  }

  private static void stage(Patient api, JsonNode stage, List<Problem> problems) {
    String name = stage.path("stageName").asString("");
    if (stage.path("deploymentId").asString("").isEmpty()) {
      problems.add(
          api.problem(
              "stage " + name,
              "it serves no deployment, so every request gets 404",
              "aws apigatewayv2 create-deployment --api-id "
                  + api.id()
                  + " --stage-name '"
                  + name
                  + "'"));
    }
    String message = stage.path("lastDeploymentStatusMessage").asString("");
    if (!message.isEmpty() && !message.startsWith("Successfully")) {
      problems.add(
          api.problem(
              "stage " + name,
              "its last deployment did not succeed: " + message,
              "mend what the message names; any change of the API deploys again"));
    }
  }
}
