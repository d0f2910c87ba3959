package dev.gatehouse.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.GetApisResponse;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.apigatewayv2.model.UpdateApiRequest;

/** Calls about APIs themselves. */
record Apis(Session session) {

  Api create(ApiSpec spec) {
    var made =
        session.run(
            "create the API " + spec.name(), () -> session.apis().createApi(spec.request()));
    Api api = api(made.apiId(), made.name(), made.protocolType(), made.apiEndpoint());
    session.created("the API " + api.id(), api::delete);
    FunctionArn.in(spec.request().target())
        .ifPresent(
            function -> new Permissions(session).grant(function, function.source(api.id(), "*/*")));
    return api;
  }

  Ensured<Api> ensure(ApiSpec spec) {
    List<software.amazon.awssdk.services.apigatewayv2.model.Api> named = named(spec.name());
    if (named.isEmpty()) {
      return Ensured.created(create(spec));
    }
    var actual = only(spec.name(), named);
    CreateApiRequest wanted = spec.request();
    if (actual.protocolType() != wanted.protocolType()) {
      throw new StepFailed(
          "ensure the API " + spec.name(),
          actual.apiId() + " has that name and is of protocol " + actual.protocolTypeAsString(),
          null,
          List.of());
    }
    List<String> differing = Members.differing(wanted, actual);
    Api api = api(actual.apiId(), actual.name(), actual.protocolType(), actual.apiEndpoint());
    if (differing.contains("Tags")) {
      tag(api, actual.tags(), wanted.tags());
    }
    List<String> members = differing.stream().filter(name -> !name.equals("Tags")).toList();
    if (!members.isEmpty()) {
      UpdateApiRequest.Builder update = UpdateApiRequest.builder().apiId(api.id());
      Members.copy(wanted, update, members);
      session.run("update the API " + spec.name(), () -> session.apis().updateApi(update.build()));
    }
    return Ensured.kept(api, differing);
  }

  private void tag(Api api, Map<String, String> actual, Map<String, String> wanted) {
    Region region = session.apis().serviceClientConfiguration().region();
    String partition = PartitionMetadata.of(region).id();
    String arn = "arn:" + partition + ":apigateway:" + region.id() + "::/apis/" + api.id();
    List<String> gone = actual.keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
    session.run(
        "tag the API " + api.id(),
        () -> session.apis().tagResource(r -> r.resourceArn(arn).tags(wanted)));
    if (!gone.isEmpty()) {
      session.run(
          "tag the API " + api.id(),
          () -> session.apis().untagResource(r -> r.resourceArn(arn).tagKeys(gone)));
    }
  }

  Api get(String id) {
    var got = session.run("read the API " + id, () -> session.apis().getApi(r -> r.apiId(id)));
    return api(got.apiId(), got.name(), got.protocolType(), got.apiEndpoint());
  }

  Optional<Api> find(String name) {
    var named = named(name);
    return named.isEmpty() ? Optional.empty() : Optional.of(api(only(name, named)));
  }

  List<Api> list() {
    return all().stream().map(this::api).toList();
  }

  private List<software.amazon.awssdk.services.apigatewayv2.model.Api> named(String name) {
    return all().stream().filter(each -> each.name().equals(name)).toList();
  }

  private List<software.amazon.awssdk.services.apigatewayv2.model.Api> all() {
    return session.all(
        "list the APIs",
        token -> session.apis().getApis(r -> r.nextToken(token).maxResults("100")),
        GetApisResponse::items,
        GetApisResponse::nextToken);
  }

  private static software.amazon.awssdk.services.apigatewayv2.model.Api only(
      String name, List<software.amazon.awssdk.services.apigatewayv2.model.Api> named) {
    if (named.size() > 1) {
      throw new StepFailed(
          "choose the API " + name,
          named.size()
              + " have that name: "
              + named.stream().map(each -> each.apiId()).sorted().toList(),
          null,
          List.of());
    }
    return named.get(0);
  }

  private Api api(software.amazon.awssdk.services.apigatewayv2.model.Api api) {
    return api(api.apiId(), api.name(), api.protocolType(), api.apiEndpoint());
  }

  private Api api(String id, String name, ProtocolType protocol, String endpoint) {
    return new Api(session, id, name, protocol == ProtocolType.WEBSOCKET, URI.create(endpoint));
  }
}
