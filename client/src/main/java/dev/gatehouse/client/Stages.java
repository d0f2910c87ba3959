package dev.gatehouse.client;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.CreateStageRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetDeploymentsResponse;
import software.amazon.awssdk.services.apigatewayv2.model.GetStagesResponse;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateStageRequest;

/** Calls about the stages and deployments of an API. */
record Stages(Session session, Api api) {
  private static final String DEFAULT = "$default";

  Stage create(StageSpec spec) {
    session.run(
        "create the stage " + spec.name() + " of the API " + api.id(),
        () -> session.apis().createStage(spec.request(api)));
    Stage stage = stage(spec.name());
    session.created("the stage " + spec.name(), () -> delete(stage));
    return stage;
  }

  Ensured<Stage> ensure(StageSpec spec) {
    var found =
        session.find(
            "read the stage " + spec.name(),
            () -> session.apis().getStage(r -> r.apiId(api.id()).stageName(spec.name())));
    if (found.isEmpty()) {
      return Ensured.created(create(spec));
    }
    var actual = found.get();
    CreateStageRequest wanted = spec.request(api);
    List<String> differing = Members.differing(wanted, actual);
    if (!differing.isEmpty()) {
      UpdateStageRequest.Builder update =
          UpdateStageRequest.builder().apiId(api.id()).stageName(spec.name());
      Members.copy(wanted, update, differing);
      if (differing.contains("StageVariables")) {
        update.stageVariables(Members.replacing(actual.stageVariables(), wanted.stageVariables()));
      }
      session.run(
          "update the stage " + spec.name(), () -> session.apis().updateStage(update.build()));
    }
    return Ensured.kept(stage(spec.name()), differing);
  }

  private Stage stage(String name) {
    String path = name.equals(DEFAULT) && !api.isWebSocket() ? "" : "/" + name;
    return new Stage(api.id(), name, URI.create(api.endpoint() + path.replace("$", "%24")));
  }

  List<Stage> list() {
    return session
        .all(
            "list the stages of the API " + api.id(),
            token ->
                session.apis().getStages(r -> r.apiId(api.id()).nextToken(token).maxResults("100")),
            GetStagesResponse::items,
            GetStagesResponse::nextToken)
        .stream()
        .map(each -> stage(each.stageName()))
        .toList();
  }

  void delete(Stage stage) {
    session.remove(
        "delete the stage " + stage.name(),
        () -> session.apis().deleteStage(r -> r.apiId(api.id()).stageName(stage.name())));
  }

  Deployment deploy(String description) {
    var made =
        session.run(
            "deploy the API " + api.id(),
            () -> session.apis().createDeployment(r -> r.apiId(api.id()).description(description)));
    Deployment deployment =
        new Deployment(api.id(), made.deploymentId(), made.createdDate(), false);
    session.created("the deployment " + deployment.id(), () -> remove(deployment));
    return deployment;
  }

  private void remove(Deployment deployment) {
    session.remove(
        "delete the deployment " + deployment.id(),
        () ->
            session.apis().deleteDeployment(r -> r.apiId(api.id()).deploymentId(deployment.id())));
  }

  List<Deployment> deployments() {
    return session
        .all(
            "list the deployments of the API " + api.id(),
            token ->
                session
                    .apis()
                    .getDeployments(r -> r.apiId(api.id()).nextToken(token).maxResults("100")),
            GetDeploymentsResponse::items,
            GetDeploymentsResponse::nextToken)
        .stream()
        .map(each ->
            new Deployment(
                api.id(),
                each.deploymentId(),
                each.createdDate(),
                Boolean.TRUE.equals(each.autoDeployed())))
        .sorted(Comparator.comparing(Deployment::created).reversed())
        .toList();
  }

  Stage serve(Stage stage, String deploymentId) {
    session.run(
        "have the stage " + stage.name() + " serve the deployment " + deploymentId,
        () ->
            session
                .apis()
                .updateStage(r ->
                    r.apiId(api.id())
                        .stageName(stage.name())
                        .autoDeploy(false)
                        .deploymentId(deploymentId)));
    return stage;
  }

  Deployment rollBack(Stage stage) {
    String served = served(stage);
    List<Deployment> newestFirst = deployments();
    int at = newestFirst.stream().map(Deployment::id).toList().indexOf(served);
    if (at < 0 || at + 1 >= newestFirst.size()) {
      throw new StepFailed(
          "roll back the stage " + stage.name(),
          "there is no deployment before the one that it serves",
          null,
          List.of());
    }
    Deployment before = newestFirst.get(at + 1);
    serve(stage, before.id());
    return before;
  }

  Stage promote(Stage from, Stage to) {
    return serve(to, served(from));
  }

  private String served(Stage stage) {
    String id =
        session
            .run(
                "read the stage " + stage.name(),
                () -> session.apis().getStage(r -> r.apiId(api.id()).stageName(stage.name())))
            .deploymentId();
    if (id == null || id.isEmpty()) {
      throw new StepFailed(
          "read what the stage " + stage.name() + " serves", "it serves nothing", null, List.of());
    }
    return id;
  }
}
