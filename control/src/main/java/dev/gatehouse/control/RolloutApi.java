package dev.gatehouse.control;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.rest.PathTemplate;
import dev.gatehouse.wire.rest.RequestIds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the control API has beyond AWS's: the deployments of an API with what differs between them,
 * stages rolled back and promoted, who is connected, and the extensions of resources. JSON in and
 * out; errors as those of {@link ControlApi}.
 */
public final class RolloutApi implements CallerService {
  /** Every path of it begins with this. */
  public static final String PREFIX = "/_gatehouse/control/";

  private static final int MAX_BODY = 64 * 1024;
  private static final String API = PREFIX + "apis/{apiId}/";
  private static final PathTemplate EXTENSIONS =
      PathTemplate.of(API + "integrations/{integrationId}/extensions");

  private static final PathTemplate OF_ROUTE = PathTemplate.of(API + "routes/{routeId}/extensions");

  private final List<Endpoint> endpoints =
      List.of(
          new Endpoint("GET", PathTemplate.of(API + "deployments"), this::list),
          new Endpoint("GET", PathTemplate.of(API + "deployments/{from}/diff/{to}"), this::diff),
          new Endpoint("POST", PathTemplate.of(API + "stages/{stage}/rollback"), this::rollBack),
          new Endpoint("POST", PathTemplate.of(API + "stages/{stage}/promote"), this::promote),
          new Endpoint("GET", EXTENSIONS, this::extensions),
          new Endpoint("PUT", EXTENSIONS, this::setExtensions),
          new Endpoint("DELETE", EXTENSIONS, this::clearExtensions),
          new Endpoint("GET", PathTemplate.of(API + "connections"), this::connections),
          new Endpoint("GET", OF_ROUTE, this::ofRoute),
          new Endpoint("PUT", OF_ROUTE, this::setOfRoute),
          new Endpoint("DELETE", OF_ROUTE, this::clearOfRoute));

  private final Rollouts rollouts;
  private final DeploymentDiff diff;
  private final ExtensionRows integrationExtensions;
  private final ExtensionRows routeExtensions;
  private final ConnectionPages connections;
  private final Desk desk;

  RolloutApi(Desk desk, ConnectedClients clients) {
    this.connections = new ConnectionPages(desk, clients);
    this.rollouts = new Rollouts(desk);
    this.diff = new DeploymentDiff(desk.store());
    this.integrationExtensions = new ExtensionRows(desk, Kind.INTEGRATION);
    this.routeExtensions = new ExtensionRows(desk, Kind.ROUTE);
    this.desk = desk;
  }

  private record Endpoint(String method, PathTemplate path, Answering answering) {}

  private interface Answering {
    ObjectNode answer(Asked asked) throws IOException;
  }

  private record Asked(Scope scope, Map<String, String> path, HttpCall call) {
    String apiId() {
      return path("apiId");
    }

    String path(String name) {
      return path.getOrDefault(name, "");
    }

    RolloutInput input() throws IOException {
      return RolloutInput.read(call, MAX_BODY);
    }

    Rollouts.Target target(RolloutInput input) {
      return new Rollouts.Target(scope, apiId(), path("stage"), input.flag("stopAutoDeploy"));
    }
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    RequestIds requestIds = new RequestIds(desk.ids().requestId(), desk.ids().gatewayId());
    return Faults.rendered(requestIds, () -> answer(caller, call));
  }

  private HttpReply answer(Caller caller, HttpCall call) throws IOException {
    List<String> methods = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> path = endpoint.path().match(call.rawPath());
      if (path.isPresent() && call.method().equals(endpoint.method())) {
        Asked asked = new Asked(caller.scope(), path.get(), call);
        ObjectNode answer = endpoint.answering().answer(asked);
        desk.unseen().shown(asked.apiId());
        return HttpReply.json(200, Json.mapper().writeValueAsString(answer));
      }
      path.ifPresent(other -> methods.add(endpoint.method()));
    }
    throw methods.isEmpty()
        ? RolloutRefusals.noSuchCall(call.method(), call.rawPath())
        : RolloutRefusals.wrongMethod(String.join(", ", methods));
  }

  private ObjectNode list(Asked asked) {
    return rollouts.list(asked.scope(), asked.apiId());
  }

  private ObjectNode diff(Asked asked) {
    return diff.between(asked.scope(), asked.apiId(), asked.path("from"), asked.path("to"));
  }

  private ObjectNode rollBack(Asked asked) throws IOException {
    RolloutInput input = asked.input().only("deploymentId", "stopAutoDeploy");
    return rollouts.rollBack(asked.target(input), input.required("deploymentId"));
  }

  private ObjectNode promote(Asked asked) throws IOException {
    RolloutInput input = asked.input().only("from", "stopAutoDeploy");
    return rollouts.promote(asked.target(input), input.required("from"));
  }

  private ObjectNode connections(Asked asked) {
    return connections.page(asked.scope(), asked.apiId(), asked.call().rawQuery());
  }

  private ObjectNode extensions(Asked asked) {
    return integrationExtensions.get(asked.scope(), asked.apiId(), asked.path("integrationId"));
  }

  private ObjectNode setExtensions(Asked asked) throws IOException {
    RolloutInput input = asked.input();
    String id = asked.path("integrationId");
    return integrationExtensions.set(asked.scope(), asked.apiId(), id, input.body());
  }

  private ObjectNode clearExtensions(Asked asked) {
    String id = asked.path("integrationId");
    return integrationExtensions.set(asked.scope(), asked.apiId(), id, Desk.object());
  }

  private ObjectNode ofRoute(Asked asked) {
    return routeExtensions.get(asked.scope(), asked.apiId(), asked.path("routeId"));
  }

  private ObjectNode setOfRoute(Asked asked) throws IOException {
    ObjectNode given = asked.input().body();
    return routeExtensions.set(asked.scope(), asked.apiId(), asked.path("routeId"), given);
  }

  private ObjectNode clearOfRoute(Asked asked) {
    return routeExtensions.set(asked.scope(), asked.apiId(), asked.path("routeId"), Desk.object());
  }
}
