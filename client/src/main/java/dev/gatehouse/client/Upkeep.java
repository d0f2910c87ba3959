package dev.gatehouse.client;

import dev.gatehouse.client.Finding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.apigatewayv2.model.GetStagesResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/** What nobody uses any more. Looking changes nothing. */
public final class Upkeep {
  private final Session session;

  Upkeep(Session session) {
    this.session = session;
  }

  /**
   * Everything of this account and region that nobody uses.
   *
   * {@snippet class="UpkeepExamples" region="clean"}
   */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Api api : new Apis(session).list()) {
      ids.add(api.id());
      findings.addAll(of(api));
    }
    findings.addAll(permissions(ids));
    return findings;
  }

  /**
   * Stages that serve a deployment and are older than that, and had no request within it, as
   * CloudWatch counted. A Gatehouse has no CloudWatch metrics: there {@link
   * #stagesWithoutTraffic(Duration, Traffic)} takes counts from elsewhere.
   *
   * {@snippet class="UpkeepExamples" region="idle"}
   *
   * @param within up to 455 days, which AWS keeps its counts for
   */
  public List<Finding> stagesWithoutTraffic(Duration within) {
    return stagesWithoutTraffic(within, new CloudWatchTraffic(session, InstantSource.system()));
  }

  /**
   * The same by other counts; a stage whose traffic is not known for so long is none of them.
   *
   * {@snippet class="UpkeepExamples" region="ownCounts"}
   */
  public List<Finding> stagesWithoutTraffic(Duration within, Traffic traffic) {
    Instant then = Instant.now().minus(within);
    List<Finding> findings = new ArrayList<>();
    for (Api api : new Apis(session).list()) {
      for (var stage : stages(api)) {
        boolean serves = stage.deploymentId() != null && !stage.deploymentId().isEmpty();
        boolean older = stage.createdDate() != null && stage.createdDate().isBefore(then);
        if (serves && older && traffic.since(then, api, stage.stageName()).orElse(1) == 0) {
          String since = "since " + then.truncatedTo(ChronoUnit.SECONDS);
          findings.add(new Finding(Kind.STAGE_WITHOUT_TRAFFIC, api.id(), stage.stageName(), since));
        }
      }
    }
    return findings;
  }

  private List<Finding> of(Api api) {
    List<Finding> findings = new ArrayList<>();
    var routes = new Routes(session, api).all();
    if (routes.isEmpty()) {
      findings.add(new Finding(Kind.API_WITHOUT_ROUTES, api.id(), api.id(), ""));
    }
    for (var stage : stages(api)) {
      if (stage.deploymentId() == null || stage.deploymentId().isEmpty()) {
        findings.add(new Finding(Kind.STAGE_WITHOUT_DEPLOYMENT, api.id(), stage.stageName(), ""));
      }
    }
    Set<String> targets = new HashSet<>();
    Set<String> asked = new HashSet<>();
    for (var route : routes) {
      targets.add(String.valueOf(route.target()).replaceFirst("^integrations/", ""));
      asked.add(String.valueOf(route.authorizerId()));
    }
    for (var integration : new Integrations(session, api).all()) {
      if (!targets.contains(integration.integrationId())) {
        findings.add(
            new Finding(Kind.UNUSED_INTEGRATION, api.id(), integration.integrationId(), ""));
      }
    }
    for (var authorizer : new Authorizers(session, api).all()) {
      if (!asked.contains(authorizer.authorizerId())) {
        findings.add(new Finding(Kind.UNUSED_AUTHORIZER, api.id(), authorizer.authorizerId(), ""));
      }
    }
    return findings;
  }

  private List<software.amazon.awssdk.services.apigatewayv2.model.Stage> stages(Api api) {
    return session.all(
        "list the stages of the API " + api.id(),
        token ->
            session.apis().getStages(r -> r.apiId(api.id()).nextToken(token).maxResults("100")),
        GetStagesResponse::items,
        GetStagesResponse::nextToken);
  }

  private List<Finding> permissions(Set<String> apiIds) {
    List<Finding> findings = new ArrayList<>();
    List<String> arns =
        session.run(
            "list the functions",
            () ->
                session.lambda().listFunctionsPaginator().functions().stream()
                    .map(FunctionConfiguration::functionArn)
                    .toList());
    for (String arn : arns) {
      FunctionArn function = FunctionArn.in(arn).orElseThrow();
      for (Permissions.Statement each : new Permissions(session).statements(function)) {
        if (!each.apiId().isEmpty() && !apiIds.contains(each.apiId())) {
          findings.add(new Finding(Kind.PERMISSION_OF_DELETED_API, each.apiId(), arn, each.id()));
        }
      }
    }
    return findings;
  }

  /**
   * Removes what was found; what is gone already is nothing to complain about.
   *
   * {@snippet class="UpkeepExamples" region="clean"}
   */
  public void clean(List<Finding> findings) {
    findings.stream().filter(each -> each.kind() != Kind.API_WITHOUT_ROUTES).forEach(this::clean);
    findings.stream().filter(each -> each.kind() == Kind.API_WITHOUT_ROUTES).forEach(this::clean);
  }

  private void clean(Finding finding) {
    String apiId = finding.apiId();
    String id = finding.id();
    String step = "remove " + id;
    switch (finding.kind()) {
      case STAGE_WITHOUT_DEPLOYMENT, STAGE_WITHOUT_TRAFFIC ->
          session.remove(step, () -> session.apis().deleteStage(r -> r.apiId(apiId).stageName(id)));
      case UNUSED_INTEGRATION ->
          session.remove(
              step, () -> session.apis().deleteIntegration(r -> r.apiId(apiId).integrationId(id)));
      case UNUSED_AUTHORIZER ->
          session.remove(
              step, () -> session.apis().deleteAuthorizer(r -> r.apiId(apiId).authorizerId(id)));
      case PERMISSION_OF_DELETED_API ->
          new Permissions(session).revoke(FunctionArn.in(id).orElseThrow(), finding.detail());
      case API_WITHOUT_ROUTES ->
          session.find(step, () -> new Apis(session).get(id)).ifPresent(Api::delete);
    }
  }
}
