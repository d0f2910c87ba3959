package dev.gatehouse.client;

import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.DomainNameConfiguration;
import software.amazon.awssdk.services.apigatewayv2.model.GetApiMappingsResponse;

/** Calls about domains of one's own. */
record Domains(Session session) {

  Domain create(DomainSpec spec) {
    var made =
        session.run(
            "create the domain " + spec.name(),
            () -> session.apis().createDomainName(spec.request()));
    Domain domain = domain(spec.name(), made.domainNameConfigurations());
    session.created("the domain " + spec.name(), () -> delete(domain));
    return domain;
  }

  Ensured<Domain> ensure(DomainSpec spec) {
    var found =
        session.find(
            "read the domain " + spec.name(),
            () -> session.apis().getDomainName(r -> r.domainName(spec.name())));
    if (found.isEmpty()) {
      return Ensured.created(create(spec));
    }
    var configurations = found.get().domainNameConfigurations();
    Domain domain = domain(spec.name(), configurations);
    boolean same =
        configurations.stream()
            .anyMatch(each -> spec.certificateArn().equals(each.certificateArn()));
    if (same) {
      return Ensured.kept(domain, List.of());
    }
    session.run(
        "update the domain " + spec.name(),
        () ->
            session
                .apis()
                .updateDomainName(r ->
                    r.domainName(spec.name())
                        .domainNameConfigurations(spec.request().domainNameConfigurations())));
    return Ensured.kept(domain, List.of("DomainNameConfigurations"));
  }

  private static Domain domain(String name, List<DomainNameConfiguration> configurations) {
    String target =
        configurations.stream()
            .map(DomainNameConfiguration::apiGatewayDomainName)
            .filter(each -> each != null)
            .findFirst()
            .orElse("");
    return new Domain(name, target);
  }

  Ensured<String> map(Domain domain, String key, Stage stage) {
    String step = "map the domain " + domain.name() + " to the API " + stage.apiId();
    var found =
        mappings(domain).stream()
            .filter(each -> key.equals(each.apiMappingKey() == null ? "" : each.apiMappingKey()))
            .findFirst();
    if (found.isEmpty()) {
      return Ensured.created(create(step, domain, key, stage));
    }
    String id = found.get().apiMappingId();
    if (found.get().apiId().equals(stage.apiId()) && found.get().stage().equals(stage.name())) {
      return Ensured.kept(id, List.of());
    }
    session.run(
        step,
        () ->
            session
                .apis()
                .updateApiMapping(r ->
                    r.domainName(domain.name())
                        .apiMappingId(id)
                        .apiId(stage.apiId())
                        .stage(stage.name())));
    return Ensured.kept(id, List.of("ApiId", "Stage"));
  }

  private String create(String step, Domain domain, String key, Stage stage) {
    String id =
        session
            .run(
                step,
                () ->
                    session
                        .apis()
                        .createApiMapping(r ->
                            r.domainName(domain.name())
                                .apiMappingKey(key.isEmpty() ? null : key)
                                .apiId(stage.apiId())
                                .stage(stage.name())))
            .apiMappingId();
    session.created("the mapping " + key + " of " + domain.name(), () -> unmap(domain, id));
    return id;
  }

  private void unmap(Domain domain, String id) {
    session.remove(
        "delete a mapping of the domain " + domain.name(),
        () -> session.apis().deleteApiMapping(r -> r.domainName(domain.name()).apiMappingId(id)));
  }

  void delete(Domain domain) {
    mappings(domain).forEach(each -> unmap(domain, each.apiMappingId()));
    session.remove(
        "delete the domain " + domain.name(),
        () -> session.apis().deleteDomainName(r -> r.domainName(domain.name())));
  }

  private List<software.amazon.awssdk.services.apigatewayv2.model.ApiMapping> mappings(
      Domain domain) {
    return session.all(
        "list the mappings of the domain " + domain.name(),
        token ->
            session
                .apis()
                .getApiMappings(
                    r -> r.domainName(domain.name()).nextToken(token).maxResults("100")),
        GetApiMappingsResponse::items,
        GetApiMappingsResponse::nextToken);
  }
}
