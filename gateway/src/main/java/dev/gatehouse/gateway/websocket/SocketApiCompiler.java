package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.balance.Targets;
import dev.gatehouse.gateway.function.FunctionUri;
import dev.gatehouse.gateway.log.ExecutionLog;
import dev.gatehouse.gateway.log.StageLog;
import dev.gatehouse.gateway.meter.StageMeters;
import dev.gatehouse.gateway.throttle.Throttles;
import dev.gatehouse.gateway.websocket.ConnectGate.KeyPlace;
import dev.gatehouse.model.Api;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.ApiRelease.WebSocket;
import dev.gatehouse.model.Authorizer;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.ParameterConstraints;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles a WebSocket API's definitions. Pure; runs off the event loops. */
record SocketApiCompiler(WebSocketOptions options, Targets targets) {

  /**
   * Compiles an API. A stage without a deployment is as good as none.
   *
   * @param served what is served now; null where the API is new
   */
  LiveSocketApi compile(ApiRelease release, @Nullable LiveSocketApi served) {
    Map<String, LiveSocketStage> stages = new HashMap<>();
    for (StageRelease told : release.stages()) {
      if (told.deployed() instanceof WebSocket deployed) {
        String name = told.stage().stageName();
        LiveSocketStage before = served == null ? null : served.stages().get(name);
        stages.put(name, stage(release, told.stage(), before, deployed));
      }
    }
    return new LiveSocketApi(release.apiId(), Map.copyOf(stages));
  }

  private LiveSocketStage stage(
      ApiRelease release, Stage stage, @Nullable LiveSocketStage before, WebSocket deployed) {
    Throttles throttles = Throttles.of(stage, before == null ? null : before.throttles());
    Map<String, SocketRoute> routes = routes(stage, deployed);
    throttles.retain(routes.keySet());
    return new LiveSocketStage(
        release.apiId(),
        release.scope(),
        stage.stageName(),
        Map.copyOf(stage.stageVariables()),
        deployed.api().disableExecuteApiEndpoint(),
        throttles,
        StageMeters.of(stage, before == null ? null : before.meters()),
        StageLog.compile(stage.accessLogSettings()),
        ExecutionLog.compile(release.scope(), release.apiId(), stage),
        RouteSelection.compile(deployed.api().routeSelectionExpression()),
        routes,
        gate(stage, deployed));
  }

  private Map<String, SocketRoute> routes(Stage stage, WebSocket deployed) {
    SocketBackendCompiler compiler =
        new SocketBackendCompiler(stage.stageVariables(), targets, options);
    Map<String, SocketBackend> backends = new HashMap<>();
    for (Integration integration : deployed.integrations()) {
      String id = integration.integrationId();
      backends.put(
          id, compiler.compile(integration, deployed.responses().getOrDefault(id, List.of())));
    }
    Map<String, SocketRoute> routes = new HashMap<>();
    for (Route route : deployed.routes()) {
      boolean twoWay =
          deployed.answering().contains(route.routeId())
              && RouteSelection.DEFAULT.equals(route.routeResponseSelectionExpression());
      routes.put(
          route.routeKey(), new SocketRoute(route.routeKey(), backend(route, backends), twoWay));
    }
    return Map.copyOf(routes);
  }

  private static SocketBackend backend(Route route, Map<String, SocketBackend> backends) {
    if (route.modelSelectionExpression() != null
        || (route.requestModels() != null && !route.requestModels().isEmpty())) {
      return new SocketBackend.Unusable("validation by models is not built yet");
    }
    if (route.target() == null) {
      return new SocketBackend.None();
    }
    SocketBackend backend = backends.get(String.valueOf(route.integrationId()));
    return backend == null
        ? new SocketBackend.Unusable("the route's integration does not exist")
        : backend;
  }

  private static ConnectGate gate(Stage stage, WebSocket deployed) {
    for (Route route : deployed.routes()) {
      if (route.routeKey().equals(RouteSelection.CONNECT)) {
        return new ConnectGate(
            route.apiKeyRequired() ? place(deployed.api()) : KeyPlace.NONE,
            guard(route, deployed.authorizers(), stage.stageVariables()),
            required(route));
      }
    }
    return ConnectGate.OPEN;
  }

  private static KeyPlace place(Api api) {
    return api.apiKeySelectionExpression().equals("$context.authorizer.usageIdentifierKey")
        ? KeyPlace.AUTHORIZER
        : KeyPlace.HEADER;
  }

  private static List<ValueSource> required(Route route) {
    List<ValueSource> sources = new ArrayList<>();
    Map<String, ParameterConstraints> parameters = route.requestParameters();
    if (parameters != null) {
      parameters.forEach((name, constraints) -> {
        ValueSource source = ValueSource.parse(name);
        if (source != null && Boolean.TRUE.equals(constraints.required())) {
          sources.add(source);
        }
      });
    }
    return List.copyOf(sources);
  }

  /** A connection is never let in by anyone but whom its route names. */
  private static ConnectGate.Guard guard(
      Route route, List<Authorizer> authorizers, Map<String, String> variables) {
    return switch (route.authorizationType()) {
      case NONE -> new ConnectGate.Nobody();
      case AWS_IAM -> new ConnectGate.Iam();
      case JWT -> new ConnectGate.Shut(SocketFault.AUTHORIZER, "JWT is for HTTP APIs only");
      case CUSTOM ->
          authorizers.stream()
              .filter(authorizer -> authorizer.authorizerId().equals(route.authorizerId()))
              .findFirst()
              .map(authorizer -> guard(authorizer, variables))
              .orElseGet(() -> shut("the route's authorizer does not exist"));
    };
  }

  private static ConnectGate.Guard guard(Authorizer authorizer, Map<String, String> variables) {
    String uri = authorizer.authorizerUri();
    Optional<String> arn = uri == null ? Optional.empty() : FunctionUri.functionArn(uri, variables);
    if (arn.isEmpty()) {
      return shut("the authorizer names no function");
    }
    List<ValueSource> sources = new ArrayList<>();
    for (String source : authorizer.identitySource()) {
      ValueSource parsed = ValueSource.parse(source);
      if (parsed == null) {
        return shut("the authorizer has an identity source that is none: " + source);
      }
      sources.add(parsed);
    }
    return new ConnectGate.Function(
        new ConnectAuthorizer(
            authorizer.authorizerId(),
            arn.get(),
            List.copyOf(sources),
            authorizer.authorizerCredentialsArn()));
  }

  private static ConnectGate.Guard shut(String reason) {
    return new ConnectGate.Shut(SocketFault.AUTHORIZER, reason);
  }
}
