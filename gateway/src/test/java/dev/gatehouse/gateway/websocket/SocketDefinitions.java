package dev.gatehouse.gateway.websocket;

import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.model.Api;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.IntegrationResponse;
import dev.gatehouse.model.IntegrationType;
import dev.gatehouse.model.ParameterConstraints;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a WebSocket API, with the stage {@code prod}, as the control plane would hand it over. */
final class SocketDefinitions {
  static final String API_ID = "ws1b2c3d4e";
  static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

  private final List<Route> routes = new ArrayList<>();
  private final Set<String> answering = new HashSet<>();
  private final List<Authorizer> authorizers = new ArrayList<>();
  private final List<Integration> integrations = new ArrayList<>();
  private final Map<String, List<IntegrationResponse>> responses = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private final String expression;
  private RouteSettings settings = new RouteSettings(null, false, null, null, null);
  private @Nullable AccessLogSettings log;
  private boolean deployed = true;
  private @Nullable String role;
  private boolean disabled;
  private boolean keyed;
  private String keySelection = "$request.header.x-api-key";
  private @Nullable Map<String, ParameterConstraints> required;

  SocketDefinitions(String expression) {
    this.expression = expression;
  }

  /** An API that routes by {@code action}. */
  SocketDefinitions() {
    this("$request.body.action");
  }

  SocketDefinitions undeployed() {
    deployed = false;
    return this;
  }

  /** Integrations that follow are called under that role. */
  SocketDefinitions role(String arn) {
    role = arn;
    return this;
  }

  SocketDefinitions endpointDisabled() {
    disabled = true;
    return this;
  }

  /** Routes that follow demand an API key, which that expression finds. */
  SocketDefinitions keyed(String expression) {
    keyed = true;
    keySelection = expression;
    return this;
  }

  /** Routes that follow demand that parameter. */
  SocketDefinitions requiring(String parameter) {
    required = Map.of(parameter, new ParameterConstraints(true));
    return this;
  }

  SocketDefinitions variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  SocketDefinitions throttle(double rate, int burst) {
    settings = new RouteSettings(null, null, null, burst, rate);
    return this;
  }

  /** Steps are written to an execution log. */
  SocketDefinitions loggingSteps() {
    settings = new RouteSettings(null, null, "INFO", null, null);
    return this;
  }

  SocketDefinitions log(String format) {
    log = new AccessLogSettings("arn:aws:logs:us-east-1:123456789012:log-group:g", format);
    return this;
  }

  /** A route to a function of that name. */
  SocketDefinitions function(String routeKey, String name, boolean twoWay) {
    return function(routeKey, name, twoWay, 29_000);
  }

  SocketDefinitions function(String routeKey, String name, boolean twoWay, int timeout) {
    return route(
        routeKey,
        AuthorizationType.NONE,
        null,
        twoWay,
        integration(IntegrationType.AWS_PROXY, ARN + name, null, timeout, Map.of(), Map.of()));
  }

  /** A guarded {@code $connect} to a function. */
  SocketDefinitions guarded(AuthorizationType type, @Nullable String authorizer, String name) {
    return route(
        "$connect",
        type,
        authorizer,
        false,
        integration(IntegrationType.AWS_PROXY, ARN + name, null, 29_000, Map.of(), Map.of()));
  }

  SocketDefinitions authorizer(String id, String name, String... sources) {
    authorizers.add(
        new Authorizer(
            id,
            "REQUEST",
            id,
            List.of(sources),
            null,
            null,
            null,
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                + ARN
                + name
                + "/invocations",
            null,
            null,
            null));
    return this;
  }

  /** A route to a URL. */
  SocketDefinitions http(
      String routeKey, String url, boolean twoWay, int timeout, Map<String, String> parameters) {
    return route(
        routeKey,
        AuthorizationType.NONE,
        null,
        twoWay,
        integration(IntegrationType.HTTP_PROXY, url, "POST", timeout, parameters, Map.of()));
  }

  /** A route to a MOCK with a request template, and responses by key. */
  SocketDefinitions mock(String routeKey, String template, Map<String, String> byKey) {
    Integration mock =
        integration(
            IntegrationType.MOCK, null, null, 29_000, Map.of(), Map.of("$default", template));
    List<IntegrationResponse> all = new ArrayList<>();
    byKey.forEach((key, text) ->
        all.add(
            new IntegrationResponse(
                "r" + all.size(), key, null, null, Map.of("$default", text), null)));
    responses.put(mock.integrationId(), all);
    return route(routeKey, AuthorizationType.NONE, null, true, mock);
  }

  private Integration integration(
      IntegrationType type,
      @Nullable String uri,
      @Nullable String method,
      int timeout,
      Map<String, String> parameters,
      Map<String, String> templates) {
    return new Integration(
        "i" + integrations.size(),
        type,
        "INTERNET",
        "1.0",
        timeout,
        null,
        null,
        null,
        role,
        null,
        method,
        null,
        null,
        uri,
        null,
        parameters,
        templates,
        null,
        null,
        null);
  }

  private SocketDefinitions route(
      String routeKey,
      AuthorizationType type,
      @Nullable String authorizer,
      boolean twoWay,
      Integration integration) {
    integrations.add(integration);
    String id = "r" + routes.size();
    if (twoWay) {
      answering.add(id);
    }
    routes.add(
        new Route(
            id,
            routeKey,
            keyed,
            type,
            null,
            null,
            authorizer,
            null,
            null,
            null,
            required,
            twoWay ? "$default" : null,
            "integrations/" + integration.integrationId(),
            null));
    return this;
  }

  ApiRelease release() {
    Instant now = Instant.EPOCH;
    Api api =
        new Api(
            API_ID,
            "test",
            ProtocolType.WEBSOCKET,
            expression,
            keySelection,
            now,
            disabled,
            "ipv4",
            Map.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    Stage stage =
        new Stage(
            "prod", now, now, settings, Map.of(), variables, Map.of(), log, null, null, null, null,
            "d1", null, null);
    ApiRelease.Deployed what =
        deployed
            ? new ApiRelease.WebSocket(
                1, api, authorizers, routes, answering, integrations, responses)
            : new ApiRelease.Nothing();
    return new ApiRelease(
        new Scope("123456789012", "us-east-1"),
        API_ID,
        ProtocolType.WEBSOCKET,
        List.of(new ApiRelease.StageRelease(stage, what)));
  }
}
