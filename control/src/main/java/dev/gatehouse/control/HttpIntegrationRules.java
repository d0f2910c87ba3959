package dev.gatehouse.control;

import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationType;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an integration of an HTTP API may be (control-plane.md section 6). */
final class HttpIntegrationRules {
  private static final Map<String, Function<Integration, @Nullable Object>> WEBSOCKET_ONLY =
      Map.of(
          "contentHandlingStrategy", Integration::contentHandlingStrategy,
          "passthroughBehavior", Integration::passthroughBehavior,
          "requestTemplates", Integration::requestTemplates,
          "templateSelectionExpression", Integration::templateSelectionExpression);

  /**
   * Stage variables and path parameters may stand anywhere behind the scheme. There is no user: a
   * password has no place in what calls and logs show.
   */
  private static final Pattern URL = Pattern.compile("https?://[^\\s/?#@]+([/?][^\\s#]*)?");

  /** AWS stores both forms of a function's name as they are [C]. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9_-]+(:[A-Za-z0-9$_-]+)?");

  private static final Pattern INVOCATION =
      Pattern.compile(
          "arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/"
              + "arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:\\S+/invocations");

  /** A listener of a load balancer, or a service of Cloud Map with a filter (http-api.md 6 [C]). */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "arn:aws[a-z-]*:(elasticloadbalancing:[a-z0-9-]+:\\d{12}:listener"
              + "|servicediscovery:[a-z0-9-]+:\\d{12}:service)/\\S+");

  private HttpIntegrationRules() {}

  static void checkType(IntegrationType type) {
    switch (type) {
      case AWS_PROXY, HTTP_PROXY -> {}
      case AWS, HTTP, MOCK -> throw Refusals.onlyProxyIntegrations();
    }
  }

  static void check(View view, Scope scope, Integration integration) {
    checkType(integration.integrationType());
    WEBSOCKET_ONLY.forEach((member, value) -> {
      if (value.apply(integration) != null) {
        throw OwnRefusals.onlyFor("WebSocket", member);
      }
    });
    checkConnection(view, scope, integration);
    if (integration.integrationSubtype() != null) {
      Subtypes.check(integration);
    } else if (integration.integrationType() == IntegrationType.AWS_PROXY) {
      checkLambda(integration);
    } else {
      checkHttp(integration);
    }
    if (integration.responseParameters() != null) {
      MappingRules.checkResponse(integration.responseParameters());
    }
    if (integration.requestParameters() != null && integration.integrationSubtype() == null) {
      MappingRules.checkRequest(integration.requestParameters());
    }
  }

  private static void checkConnection(View view, Scope scope, Integration integration) {
    boolean isPrivate = isPrivate(integration);
    String link = integration.connectionId();
    if (isPrivate && integration.integrationType() != IntegrationType.HTTP_PROXY) {
      throw OwnRefusals.invalid("connectionType", "VPC_LINK goes with HTTP_PROXY only");
    }
    if (isPrivate && link == null) {
      throw OwnRefusals.required("connectionId");
    }
    if (isPrivate && link != null) {
      Kind.VPC_LINK.below(scope, "").require(view, link);
    }
    if (!isPrivate && (link != null || integration.tlsConfig() != null)) {
      throw OwnRefusals.invalid(
          "connectionType", "connectionId and tlsConfig go with VPC_LINK only");
    }
  }

  private static boolean isPrivate(Integration integration) {
    return integration.connectionType().equals("VPC_LINK");
  }

  private static void checkLambda(Integration integration) {
    checkVersion(integration, Set.of("1.0", "2.0"));
    String uri = integration.integrationUri();
    if (uri == null || !isFunction(uri)) {
      throw OwnRefusals.invalid(
          "integrationUri", "AWS_PROXY needs a function's ARN or its invocation URI");
    }
  }

  static boolean isUrl(String uri) {
    return URL.matcher(uri).matches();
  }

  static boolean isFunction(String uri) {
    return FUNCTION.matcher(uri).matches() || INVOCATION.matcher(uri).matches();
  }

  private static void checkHttp(Integration integration) {
    checkVersion(integration, Set.of("1.0"));
    String method = integration.integrationMethod();
    if (method == null || !RouteKey.METHODS.contains(method)) {
      throw OwnRefusals.invalid("integrationMethod", "HTTP_PROXY needs one of the HTTP methods");
    }
    String uri = integration.integrationUri();
    boolean isPrivate = isPrivate(integration);
    if (uri == null || !(isPrivate ? PRIVATE : URL).matcher(uri).matches()) {
      throw OwnRefusals.invalid(
          "integrationUri",
          isPrivate
              ? "VPC_LINK needs the ARN of a listener or of a Cloud Map service"
              : "HTTP_PROXY needs a full URL, without a user");
    }
  }

  private static void checkVersion(Integration integration, Set<String> versions) {
    if (!versions.contains(integration.payloadFormatVersion())) {
      throw OwnRefusals.invalid("payloadFormatVersion", "it is one of " + versions);
    }
  }
}
