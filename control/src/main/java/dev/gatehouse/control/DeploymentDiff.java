package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What differs between two deployments of an API: routes, integrations, authorizers and all else
 * that a deployment shows. A deployment is a revision, so this compares two revisions.
 */
final class DeploymentDiff {
  /** What stands directly below an API and is part of a deployment. */
  private static final List<Kind> BELOW_API =
      List.of(Kind.ROUTE, Kind.INTEGRATION, Kind.AUTHORIZER, Kind.MODEL);

  private final Store store;

  DeploymentDiff(Store store) {
    this.store = store;
  }

  /** One API at two revisions. */
  private record Compared(Scope scope, String apiId, View from, View to) {

    RowDiff of(Kind kind, String parent) {
      return of(kind, parent, new RowDiff(kind));
    }

    RowDiff of(Kind kind, String parent, RowDiff diff) {
      diff.compare(kind.below(scope, parent).shelf(), from, to);
      return diff;
    }

    /** Responses stand below their route or integration, which may be in one revision only. */
    RowDiff responses(Kind kind, Kind owners) {
      RowDiff diff = new RowDiff(kind);
      for (String owner : ids(owners)) {
        of(kind, apiId + "/" + owner, diff);
      }
      return diff;
    }

    private Set<String> ids(Kind owners) {
      Set<String> ids =
          new TreeSet<>(RowDiff.rows(owners.below(scope, apiId).shelf(), from).keySet());
      ids.addAll(RowDiff.rows(owners.below(scope, apiId).shelf(), to).keySet());
      return ids;
    }
  }

  /** The two deployments, and for each kind of resource that differs what does. */
  ObjectNode between(Scope scope, String apiId, String from, String to) {
    View head = store.head();
    boolean webSocket = isWebSocket(Desk.apiBody(head, scope, apiId));
    Drawer deployments = Kind.DEPLOYMENT.below(scope, apiId);
    ObjectNode older = deployments.require(head, from);
    ObjectNode newer = deployments.require(head, to);
    ObjectNode answer = Desk.object();
    answer.set("from", older);
    answer.set("to", newer);
    ArrayNode differences = answer.putArray("differences");
    Compared compared = new Compared(scope, apiId, at(older), at(newer));
    api(compared).addTo(differences);
    BELOW_API.forEach(kind -> compared.of(kind, apiId).addTo(differences));
    if (webSocket) {
      compared.responses(Kind.ROUTE_RESPONSE, Kind.ROUTE).addTo(differences);
      compared.responses(Kind.INTEGRATION_RESPONSE, Kind.INTEGRATION).addTo(differences);
    }
    return answer;
  }

  private static boolean isWebSocket(ObjectNode api) {
    return api.path("protocolType").asString("").equals("WEBSOCKET");
  }

  private View at(ObjectNode deployment) {
    return store.at(deployment.get("revision").longValue());
  }

  private static RowDiff api(Compared compared) {
    RowDiff diff = new RowDiff(Kind.API);
    diff.compare(
        Desk.apiBody(compared.from(), compared.scope(), compared.apiId()),
        Desk.apiBody(compared.to(), compared.scope(), compared.apiId()));
    return diff;
  }
}
