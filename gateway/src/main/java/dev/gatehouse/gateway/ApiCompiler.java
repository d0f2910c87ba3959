package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.RouteTable;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.model.ApiRelease.Deployed;
import dev.gatehouse.model.ApiRelease.StageRelease;
import dev.gatehouse.model.AuthorizationType;
import dev.gatehouse.model.Cors;
import dev.gatehouse.model.Integration;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.RouteKey;
import dev.gatehouse.model.RouteKey.Greedy;
import dev.gatehouse.model.RouteKey.MethodAndPath;
import dev.gatehouse.model.RouteKey.Segment;
import dev.gatehouse.model.RouteKey.Variable;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles an API's definitions into what requests read. Pure; runs off the event loops. */
final class ApiCompiler {
  private static final String ANY = "ANY";

  private final ApiRelease release;

  private ApiCompiler(ApiRelease release) {
    this.release = release;
  }

  /** Compiles an API. A stage without a deployment is as good as none. */
  static LiveApi compile(ApiRelease release) {
    return new ApiCompiler(release).compile();
  }

  private LiveApi compile() {
    Map<String, LiveStage> stages = new HashMap<>();
    for (StageRelease stage : release.stages()) {
      Deployed deployed = stage.deployed();
      if (deployed != null) {
        stages.put(stage.stage().stageName(), stage(stage.stage(), deployed));
      }
    }
    return new LiveApi(release.current().apiId(), Map.copyOf(stages));
  }

  private LiveStage stage(Stage stage, Deployed deployed) {
    Map<String, Integration> integrations = new HashMap<>();
    for (Integration integration : deployed.integrations()) {
      integrations.put(integration.integrationId(), integration);
    }
    Map<RouteKey, LiveRoute> routes = new HashMap<>();
    for (Route route : deployed.routes()) {
      if (RouteKey.parse(route.routeKey()) instanceof RouteKey.Valid(RouteKey key)) {
        routes.put(key, route(stage, route, key, integrations));
      }
    }
    Cors cors = deployed.api().corsConfiguration();
    return new LiveStage(
        release.current().apiId(),
        release.scope(),
        stage.stageName(),
        Map.copyOf(stage.stageVariables()),
        deployed.api().disableExecuteApiEndpoint(),
        cors == null ? null : new CorsPolicy(cors),
        RouteTable.of(routes));
  }

  private LiveRoute route(
      Stage stage, Route route, RouteKey key, Map<String, Integration> integrations) {
    List<String> variables = new ArrayList<>();
    String template = RouteKey.DEFAULT;
    if (key instanceof MethodAndPath path) {
      template = route.routeKey().substring(path.method().length() + 1);
      for (Segment segment : path.segments()) {
        switch (segment) {
          case RouteKey.Literal literal -> {}
          case Variable variable -> variables.add(variable.name());
          case Greedy greedy -> variables.add(greedy.name());
        }
      }
    }
    LiveRoute live =
        new LiveRoute(
            route.routeKey(), template, List.copyOf(variables), unusable("no integration"));
    Backend backend = backend(stage, route, live, integration(route, integrations));
    return new LiveRoute(live.routeKey(), live.pathTemplate(), live.variables(), backend);
  }

  private static @Nullable Integration integration(
      Route route, Map<String, Integration> integrations) {
    String id = route.integrationId();
    return id == null ? null : integrations.get(id);
  }

  private static Backend.Unusable unusable(String reason) {
    return new Backend.Unusable(Fault.INTERNAL, reason);
  }

  private Backend backend(
      Stage stage, Route route, LiveRoute live, @Nullable Integration integration) {
    if (route.authorizationType() != AuthorizationType.NONE) {
      return unusable("authorization " + route.authorizationType() + " is not built yet");
    }
    if (integration == null) {
      return unusable("the route has no integration");
    }
    String uri = integration.integrationUri();
    if (uri == null || "VPC_LINK".equals(integration.connectionType())) {
      return unusable("the integration's kind is not built yet");
    }
    return switch (integration.integrationType()) {
      case HTTP_PROXY -> httpProxy(stage, live, integration, uri);
      case AWS_PROXY -> lambdaProxy(stage, live, integration, uri);
      case AWS, HTTP, MOCK -> unusable("HTTP APIs know proxy integrations only");
    };
  }

  private static Backend httpProxy(
      Stage stage, LiveRoute route, Integration integration, String uri) {
    UriTemplate template = UriTemplate.parse(uri, stage.stageVariables(), route.variables());
    if (template == null) {
      return unusable("the integration URI is none: " + uri);
    }
    String method = integration.integrationMethod();
    return new HttpProxy(
        template,
        method == null || method.equals(ANY) ? null : HttpMethod.valueOf(method),
        route.pathTemplate().equals(RouteKey.DEFAULT),
        RequestMapping.compile(integration.requestParameters()),
        ResponseMapping.compile(integration.responseParameters()),
        integration.timeoutInMillis());
  }

  private Backend lambdaProxy(Stage stage, LiveRoute route, Integration integration, String uri) {
    Optional<String> arn = FunctionUri.functionArn(uri, stage.stageVariables());
    if (arn.isEmpty()) {
      return unusable("the integration URI names no function: " + uri);
    }
    return new LambdaProxy(
        arn.get(),
        sourceArn(stage, route),
        integration.payloadFormatVersion().equals("2.0"),
        ResponseMapping.compile(integration.responseParameters()),
        integration.timeoutInMillis());
  }

  /** {@code …:{apiId}/{stage}/{METHOD}{path template}} (control-plane.md 15.1). */
  private String sourceArn(Stage stage, LiveRoute route) {
    Scope scope = release.scope();
    return "arn:aws:execute-api:%s:%s:%s/%s/%s"
        .formatted(
            scope.region(),
            scope.account(),
            release.current().apiId(),
            stage.stageName(),
            route.routeKey().replaceFirst(" ", ""));
  }
}
