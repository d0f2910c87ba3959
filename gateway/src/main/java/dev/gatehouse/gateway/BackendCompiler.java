package dev.gatehouse.gateway;

import dev.gatehouse.gateway.function.FunctionUri;
import dev.gatehouse.gateway.upstream.UriTemplate;
import dev.gatehouse.model.Integration;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles one integration for a stage. */
final class BackendCompiler {
  private static final String ANY = "ANY";

  private BackendCompiler() {}

  static Backend compile(Integration integration, Map<String, String> stageVariables) {
    String missing = missing(integration);
    if (missing != null) {
      return new Backend.Unusable(missing + " is not built yet");
    }
    String uri = integration.integrationUri();
    if (uri == null) {
      return new Backend.Unusable("the integration has no URI");
    }
    return switch (integration.integrationType()) {
      case HTTP_PROXY -> httpProxy(integration, uri, stageVariables);
      case AWS_PROXY -> lambdaProxy(integration, uri, stageVariables);
      case AWS, HTTP, MOCK -> new Backend.Unusable("HTTP APIs know proxy integrations only");
    };
  }

  /**
   * What an integration asks for that nothing here does. A role above all: AWS calls with its
   * rights in place of the function's resource policy [C], so a call without it could be one that
   * the role forbids.
   */
  private static @Nullable String missing(Integration integration) {
    if (integration.integrationSubtype() != null) {
      return "the AWS service integration " + integration.integrationSubtype();
    }
    if (integration.connectionType().equals("VPC_LINK")) {
      return "a private integration (VPC_LINK)";
    }
    return integration.credentialsArn() != null ? "invocation under a role" : null;
  }

  private static Backend httpProxy(
      Integration integration, String uri, Map<String, String> stageVariables) {
    UriTemplate template = UriTemplate.parse(uri, stageVariables);
    if (template == null) {
      return new Backend.Unusable("the integration URI is none: " + uri);
    }
    String method = integration.integrationMethod();
    return new HttpProxy(
        template,
        method == null || method.equals(ANY) ? null : HttpMethod.valueOf(method),
        RequestMapping.compile(integration.requestParameters()),
        ResponseMapping.compile(integration.responseParameters()),
        integration.timeoutInMillis());
  }

  private static Backend lambdaProxy(
      Integration integration, String uri, Map<String, String> stageVariables) {
    Optional<String> arn = FunctionUri.functionArn(uri, stageVariables);
    if (arn.isEmpty()) {
      return new Backend.Unusable("the integration URI names no function: " + uri);
    }
    return new LambdaProxy(
        arn.get(),
        integration.payloadFormatVersion().equals("2.0"),
        RequestMapping.compile(integration.requestParameters()),
        ResponseMapping.compile(integration.responseParameters()),
        integration.timeoutInMillis());
  }
}
