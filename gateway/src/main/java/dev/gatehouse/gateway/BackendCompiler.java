package dev.gatehouse.gateway;

import dev.gatehouse.model.Integration;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Map;
import java.util.Optional;

/** Compiles one integration for a stage. */
final class BackendCompiler {
  private static final String ANY = "ANY";

  private BackendCompiler() {}

  static Backend compile(Integration integration, Map<String, String> stageVariables) {
    String uri = integration.integrationUri();
    if (uri == null || "VPC_LINK".equals(integration.connectionType())) {
      return new Backend.Unusable("the integration's kind is not built yet");
    }
    return switch (integration.integrationType()) {
      case HTTP_PROXY -> httpProxy(integration, uri, stageVariables);
      case AWS_PROXY -> lambdaProxy(integration, uri, stageVariables);
      case AWS, HTTP, MOCK -> new Backend.Unusable("HTTP APIs know proxy integrations only");
    };
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
        ResponseMapping.compile(integration.responseParameters()),
        integration.timeoutInMillis());
  }
}
