package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Deployment;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Opens deployments: notes of the revision at which an API is to be seen. */
final class DeploymentRows {
  private static final int LOOK_EACH = 53;

  private static final String ID = Kind.DEPLOYMENT.idMember();

  private final Desk desk;

  DeploymentRows(Desk desk) {
    this.desk = desk;
  }

  /** What came of an attempt to deploy. */
  sealed interface Outcome {}

  /** The deployment, as stored. */
  record Opened(ObjectNode deployment) implements Outcome {}

  /** Why there is none. */
  record Refused(String reason) implements Outcome {}

  /** Opens a deployment of the API as this transaction leaves it. */
  Outcome open(
      Transaction tx, Scope scope, Api api, boolean automatic, @Nullable String description) {
    if (Kind.ROUTE.below(scope, api.apiId()).isEmpty(tx)) {
      return new Refused(noRoutes(api));
    }
    Drawer drawer = Kind.DEPLOYMENT.below(scope, api.apiId());
    ObjectNode body = automatic ? unseen(tx, drawer, api).orElseGet(Desk::object) : Desk.object();
    boolean folded = !body.isEmpty();
    if (!folded) {
      drawer.mint(tx, desk.ids(), body);
    }
    body.put("revision", tx.revision())
        .put("autoDeployed", automatic)
        .put("createdDate", desk.now())
        .put("deploymentStatus", "DEPLOYED");
    if (description != null) {
      body.put("description", description);
    }
    drawer.save(tx, body);
    if (automatic && !folded) {
      desk.unseen().made(api.apiId(), body.get(ID).stringValue(), desk.clock().instant());
    }
    return new Opened(body);
  }

  /** The automatic deployment that takes in this change, too, and moves to its revision. */
  private Optional<ObjectNode> unseen(Transaction tx, Drawer drawer, Api api) {
    return desk.unseen()
        .find(api.apiId(), desk.clock().instant())
        .flatMap(id -> drawer.find(tx, id));
  }

  /**
   * Lets old automatic deployments go that no stage points to, but for the newest. Looks only at
   * some revisions, so that a write does not read them all each time; a prime, so that two clients
   * who take turns both have theirs.
   */
  void prune(Transaction tx, Scope scope, Api api) {
    if (tx.revision() % LOOK_EACH != 0) {
      return;
    }
    Drawer drawer = Kind.DEPLOYMENT.below(scope, api.apiId());
    Set<String> used =
        Kind.STAGE.below(scope, api.apiId()).all(tx).stream()
            .map(stage -> stage.path("deploymentId").asString(""))
            .collect(Collectors.toSet());
    drawer.all(tx, Deployment.class).stream()
        .filter(
            deployment -> deployment.autoDeployed() && !used.contains(deployment.deploymentId()))
        .sorted(Comparator.comparingLong(Deployment::revision).reversed())
        .skip(desk.limits().automaticDeployments())
        .forEach(deployment -> drawer.delete(tx, deployment.deploymentId()));
  }

  /** AWS's words [C]. */
  private static String noRoutes(Api api) {
    return switch (api.protocolType()) {
      case HTTP -> "Unable to deploy API because no routes exist in this API";
      case WEBSOCKET -> "At least one route is required before deploying the Api";
    };
  }
}
