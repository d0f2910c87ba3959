package dev.gatehouse.gateway;

import static dev.gatehouse.model.IntegrationType.AWS_PROXY;

import dev.gatehouse.gateway.balance.Targets;
import dev.gatehouse.gateway.function.FunctionUri;
import dev.gatehouse.gateway.upstream.UriTemplate;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationExtensions;
import dev.gatehouse.model.TlsConfig;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles integrations for a stage. */
record BackendCompiler(Surroundings surroundings, Map<String, String> stageVariables) {
  private static final String ANY = "ANY";

  Backend compile(Integration integration) {
    String missing = missing(integration);
    if (missing != null) {
      return new Backend.Unusable(missing + " is not built yet");
    }
    String uri = integration.integrationUri();
    if (uri == null) {
      return new Backend.Unusable("the integration has no URI");
    }
    return switch (integration.integrationType()) {
      case HTTP_PROXY -> httpProxy(integration, uri);
      case AWS_PROXY -> lambdaProxy(integration, uri);
      case AWS, HTTP, MOCK -> new Backend.Unusable("HTTP APIs know proxy integrations only");
    };
  }

  /**
   * What an integration asks for that nothing here does. Rights above all: AWS calls with a role's
   * in place of the function's resource policy [C], so a call without it could be one that the role
   * forbids.
   */
  private static @Nullable String missing(Integration integration) {
    if (integration.integrationSubtype() != null) {
      return "the AWS service integration " + integration.integrationSubtype();
    }
    return integration.credentialsArn() == null || integration.integrationType() == AWS_PROXY
        ? null
        : "a role for a URL";
  }

  private Backend httpProxy(Integration integration, String uri) {
    boolean isPrivate = integration.connectionType().equals("VPC_LINK");
    Optional<Destination> destination =
        isPrivate ? link(integration, UriTemplate.fill(uri, stageVariables)) : url(uri);
    if (destination.isEmpty()) {
      return isPrivate
          ? new Backend.Unusable(Fault.UNAVAILABLE, noTarget(uri))
          : new Backend.Unusable("the integration URI is none: " + UriTemplate.shown(uri));
    }
    IntegrationExtensions beyond = IntegrationExtensions.of(integration, surroundings.extensions());
    String method = integration.integrationMethod();
    return new HttpProxy(
        destination.get(),
        method == null || method.equals(ANY) ? null : HttpMethod.valueOf(method),
        RequestMapping.compile(integration.requestParameters()),
        ResponseMapping.compile(integration.responseParameters()),
        timeout(integration, beyond),
        beyond.streams(),
        beyond.passesWebSockets());
  }

  private static int timeout(Integration integration, IntegrationExtensions beyond) {
    Integer longer = beyond.timeoutInMillis();
    return longer == null ? integration.timeoutInMillis() : longer;
  }

  private Optional<Destination> url(String uri) {
    UriTemplate template = UriTemplate.parse(uri, stageVariables);
    return template == null
        ? Optional.empty()
        : Optional.of(
            new Destination.Url(template, surroundings.targets().ofUrl(template.origin())));
  }

  /** TLS is spoken where the integration says so, whatever the target's upstreams say [C]. */
  private Optional<Destination> link(Integration integration, String uri) {
    TlsConfig tls = integration.tlsConfig();
    return surroundings
        .targets()
        .ofArn(uri)
        .map(target -> tls == null ? target : Targets.secured(target, tls.serverNameToVerify()))
        .map(Destination.Link::new);
  }

  private static String noTarget(String uri) {
    return "nothing says where "
        + uri
        + " leads: name its upstreams under targets in the"
        + " configuration";
  }

  private Backend lambdaProxy(Integration integration, String uri) {
    Optional<String> arn = FunctionUri.functionArn(uri, stageVariables);
    if (arn.isEmpty()) {
      return new Backend.Unusable("the integration URI names no function: " + uri);
    }
    IntegrationExtensions beyond = IntegrationExtensions.of(integration, surroundings.extensions());
    return new LambdaProxy(
        arn.get(),
        integration.payloadFormatVersion().equals("2.0"),
        RequestMapping.compile(integration.requestParameters()),
        ResponseMapping.compile(integration.responseParameters()),
        timeout(integration, beyond),
        beyond.streams(),
        integration.credentialsArn());
  }
}
