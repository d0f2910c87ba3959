package dev.gatehouse.gateway.websocket;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.gateway.balance.Targets;
import dev.gatehouse.gateway.function.FunctionUri;
import dev.gatehouse.gateway.upstream.UriTemplate;
import dev.gatehouse.gateway.websocket.MockBackend.Passthrough;
import dev.gatehouse.gateway.websocket.SocketBackend.Unusable;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationResponse;
import dev.gatehouse.model.IntegrationType;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles the integrations of a WebSocket API for a stage. */
record SocketBackendCompiler(
    Map<String, String> variables, Targets targets, WebSocketOptions options) {
  private static final String ANY = "ANY";

  SocketBackend compile(Integration integration, List<IntegrationResponse> responses) {
    String missing = missing(integration);
    if (missing != null) {
      return new Unusable(missing + " is not built yet");
    }
    return switch (integration.integrationType()) {
      case AWS_PROXY -> function(integration);
      case HTTP_PROXY -> http(integration);
      case MOCK -> mock(integration, responses);
      case AWS, HTTP ->
          new Unusable(
              "the integration type " + integration.integrationType() + " is not built yet");
    };
  }

  /** What an integration asks for that nothing here does; a role above all is never ignored. */
  private static @Nullable String missing(Integration integration) {
    if (integration.contentHandlingStrategy() != null) {
      return "contentHandlingStrategy";
    }
    return integration.credentialsArn() == null
            || integration.integrationType() == IntegrationType.AWS_PROXY
        ? null
        : "a role for a URL";
  }

  private SocketBackend function(Integration integration) {
    String uri = integration.integrationUri();
    Optional<String> arn = uri == null ? Optional.empty() : FunctionUri.functionArn(uri, variables);
    return arn.isEmpty()
        ? new Unusable("the integration URI names no function: " + uri)
        : new FunctionBackend(
            arn.get(), integration.timeoutInMillis(), integration.credentialsArn());
  }

  /** Behind a link of v1, too, it is a URL that says where, and targets say what that leads to. */
  private SocketBackend http(Integration integration) {
    String uri = integration.integrationUri();
    UriTemplate template = uri == null ? null : UriTemplate.parse(uri, variables);
    if (template == null) {
      return new Unusable("the integration URI is none: " + UriTemplate.shown(String.valueOf(uri)));
    }
    MappedParameters parameters = MappedParameters.compile(integration.requestParameters());
    if (parameters == null) {
      return new Unusable("a request parameter of the integration is none that is known");
    }
    String method = integration.integrationMethod();
    return new HttpBackend(
        template,
        targets.ofUrl(template.origin()),
        method == null || method.equals(ANY) ? null : HttpMethod.valueOf(method),
        parameters,
        integration.timeoutInMillis(),
        options.messageBytes());
  }

  private static SocketBackend mock(Integration integration, List<IntegrationResponse> responses) {
    Templates request =
        Templates.compile(
            integration.templateSelectionExpression(), integration.requestTemplates());
    List<MockResponse> compiled = new ArrayList<>();
    List<MockResponse> last = new ArrayList<>();
    for (IntegrationResponse response : responses) {
      MockResponse one = response(response);
      if (one == null) {
        return new Unusable("mapping templates are not built yet");
      }
      (one.statuses() == null ? last : compiled).add(one);
    }
    compiled.addAll(last);
    String passthrough = integration.passthroughBehavior();
    return request == null
        ? new Unusable("mapping templates are not built yet")
        : new MockBackend(
            request,
            passthrough == null ? Passthrough.WHEN_NO_MATCH : Passthrough.valueOf(passthrough),
            List.copyOf(compiled));
  }

  private static @Nullable MockResponse response(IntegrationResponse response) {
    Templates templates =
        Templates.compile(response.templateSelectionExpression(), response.responseTemplates());
    String key = response.integrationResponseKey();
    if (templates == null) {
      return null;
    }
    if (key.equals(RouteSelection.DEFAULT)) {
      return new MockResponse(null, templates);
    }
    try {
      return new MockResponse(Pattern.compile(key.substring(1, key.length() - 1)), templates);
    } catch (PatternSyntaxException none) {
      return null;
    }
  }
}
