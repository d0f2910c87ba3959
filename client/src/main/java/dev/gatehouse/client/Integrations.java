package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetIntegrationsResponse;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateIntegrationRequest;

/** Calls about the backends of an API. */
record Integrations(Session session, Api api) {

  Integration create(IntegrationSpec spec) {
    return create(request(spec));
  }

  private CreateIntegrationRequest request(IntegrationSpec spec) {
    IntegrationSpec known =
        spec instanceof PrivateIntegration inside ? inside.resolved(session, api) : spec;
    return known.request(api);
  }

  private Integration create(CreateIntegrationRequest request) {
    var made =
        session.run("create " + name(request), () -> session.apis().createIntegration(request));
    Integration integration = new Integration(api.id(), made.integrationId());
    session.created("the integration " + integration.id(), () -> delete(integration));
    return integration;
  }

  Ensured<Integration> ensure(IntegrationSpec spec) {
    CreateIntegrationRequest wanted = request(spec);
    var found = all().stream().filter(each -> isSame(wanted, each)).findFirst();
    if (found.isEmpty()) {
      return Ensured.created(create(wanted));
    }
    var actual = found.get();
    List<String> differing = Members.differing(wanted, actual);
    if (!differing.isEmpty()) {
      UpdateIntegrationRequest.Builder update =
          UpdateIntegrationRequest.builder().apiId(api.id()).integrationId(actual.integrationId());
      Members.copy(wanted, update, differing);
      if (differing.contains("RequestParameters")) {
        update.requestParameters(
            Members.replacing(actual.requestParameters(), wanted.requestParameters()));
      }
      session.run(
          "update the integration " + actual.integrationId(),
          () -> session.apis().updateIntegration(update.build()));
    }
    return Ensured.kept(new Integration(api.id(), actual.integrationId()), differing);
  }

  private static boolean isSame(
      CreateIntegrationRequest wanted,
      software.amazon.awssdk.services.apigatewayv2.model.Integration actual) {
    return wanted.integrationType() == actual.integrationType()
        && Objects.equals(wanted.integrationUri(), actual.integrationUri())
        && Objects.equals(wanted.integrationSubtype(), actual.integrationSubtype())
        && Objects.equals(wanted.connectionId(), actual.connectionId());
  }

  private String name(CreateIntegrationRequest request) {
    String where =
        request.integrationUri() == null ? request.integrationSubtype() : request.integrationUri();
    return "the integration " + (where == null ? "MOCK" : where) + " of the API " + api.id();
  }

  void delete(Integration integration) {
    session.remove(
        "delete the integration " + integration.id(),
        () ->
            session
                .apis()
                .deleteIntegration(r -> r.apiId(api.id()).integrationId(integration.id())));
  }

  /** The function that a target leads to; empty where it is something else. */
  Optional<FunctionArn> function(String target) {
    String id = target.replaceFirst("^integrations/", "");
    var found =
        session.run(
            "read the integration " + id,
            () -> session.apis().getIntegration(r -> r.apiId(api.id()).integrationId(id)));
    return FunctionArn.in(found.integrationUri());
  }

  List<FunctionArn> functions() {
    List<FunctionArn> functions = new ArrayList<>();
    all().forEach(each -> FunctionArn.in(each.integrationUri()).ifPresent(functions::add));
    return functions;
  }

  List<software.amazon.awssdk.services.apigatewayv2.model.Integration> all() {
    return session.all(
        "list the integrations of the API " + api.id(),
        token ->
            session
                .apis()
                .getIntegrations(r -> r.apiId(api.id()).nextToken(token).maxResults("100")),
        GetIntegrationsResponse::items,
        GetIntegrationsResponse::nextToken);
  }
}
