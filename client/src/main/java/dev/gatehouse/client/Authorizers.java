package dev.gatehouse.client;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.CreateAuthorizerRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetAuthorizersResponse;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateAuthorizerRequest;

/** Calls about the authorizers of an API. */
record Authorizers(Session session, Api api) {

  Authorizer create(AuthorizerSpec spec) {
    CreateAuthorizerRequest request = spec.request(api);
    var made =
        session.run(
            "create the authorizer " + spec.name() + " of the API " + api.id(),
            () -> session.apis().createAuthorizer(request));
    Authorizer authorizer = new Authorizer(api.id(), made.authorizerId(), spec.name());
    session.created("the authorizer " + spec.name(), () -> remove(authorizer));
    allow(request, authorizer);
    return authorizer;
  }

  Ensured<Authorizer> ensure(AuthorizerSpec spec) {
    var found = all().stream().filter(each -> each.name().equals(spec.name())).findFirst();
    if (found.isEmpty()) {
      return Ensured.created(create(spec));
    }
    var actual = found.get();
    CreateAuthorizerRequest wanted = spec.request(api);
    List<String> differing = Members.differing(wanted, actual);
    if (!differing.isEmpty()) {
      UpdateAuthorizerRequest.Builder update =
          UpdateAuthorizerRequest.builder().apiId(api.id()).authorizerId(actual.authorizerId());
      Members.copy(wanted, update, differing);
      session.run(
          "update the authorizer " + spec.name(),
          () -> session.apis().updateAuthorizer(update.build()));
    }
    Authorizer authorizer = new Authorizer(api.id(), actual.authorizerId(), spec.name());
    allow(wanted, authorizer);
    return Ensured.kept(authorizer, differing);
  }

  private void allow(CreateAuthorizerRequest request, Authorizer authorizer) {
    FunctionArn.in(request.authorizerUri())
        .ifPresent(
            function -> new Permissions(session).grant(function, source(function, authorizer)));
  }

  private String source(FunctionArn function, Authorizer authorizer) {
    return function.source(api.id(), "authorizers/" + authorizer.id());
  }

  void delete(Authorizer authorizer) {
    var function =
        session
            .find(
                "read the authorizer " + authorizer.name(),
                () ->
                    session
                        .apis()
                        .getAuthorizer(r -> r.apiId(api.id()).authorizerId(authorizer.id())))
            .flatMap(found -> FunctionArn.in(found.authorizerUri()));
    remove(authorizer);
    function.ifPresent(
        gone -> new Permissions(session).revokeSource(gone, source(gone, authorizer)));
  }

  private void remove(Authorizer authorizer) {
    session.remove(
        "delete the authorizer " + authorizer.name(),
        () ->
            session.apis().deleteAuthorizer(r -> r.apiId(api.id()).authorizerId(authorizer.id())));
  }

  List<FunctionArn> functions() {
    List<FunctionArn> functions = new ArrayList<>();
    all().forEach(each -> FunctionArn.in(each.authorizerUri()).ifPresent(functions::add));
    return functions;
  }

  List<software.amazon.awssdk.services.apigatewayv2.model.Authorizer> all() {
    return session.all(
        "list the authorizers of the API " + api.id(),
        token ->
            session
                .apis()
                .getAuthorizers(r -> r.apiId(api.id()).nextToken(token).maxResults("100")),
        GetAuthorizersResponse::items,
        GetAuthorizersResponse::nextToken);
  }
}
