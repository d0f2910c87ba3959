package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import tools.jackson.databind.node.ObjectNode;

/**
 * The extensions of one kind of resource below an API. They stand in the resource's own row, in a
 * member that AWS's calls neither show nor set, so they are part of deployments as all else of it
 * is.
 */
final class ExtensionRows {
  private static final String MEMBER = "extensions";

  private final Desk desk;
  private final Kind kind;
  private final AutoDeploy autoDeploy;

  ExtensionRows(Desk desk, Kind kind) {
    this.desk = desk;
    this.kind = kind;
    this.autoDeploy = new AutoDeploy(desk, new DeploymentRows(desk));
  }

  /** What is set; an empty object where nothing is. */
  ObjectNode get(Scope scope, String apiId, String id) {
    View head = desk.store().head();
    Desk.apiBody(head, scope, apiId);
    return extensions(kind.below(scope, apiId).require(head, id));
  }

  /** Sets these and no others; deployed at once where a stage asks for it. */
  ObjectNode set(Scope scope, String apiId, String id, ObjectNode given) {
    return desk.store()
        .write(tx -> {
          Api api = Desk.api(tx, scope, apiId);
          Drawer drawer = kind.below(scope, apiId);
          ObjectNode resource = drawer.require(tx, id);
          check(api, resource, given);
          if (!extensions(resource).equals(given)) {
            resource.set(MEMBER, given);
            drawer.keep(tx, given.isEmpty() ? resource.without(MEMBER) : resource);
            autoDeploy.changed(tx, scope, api);
          }
          return given;
        });
  }

  private static ObjectNode extensions(ObjectNode resource) {
    return resource.path(MEMBER) instanceof ObjectNode set ? set : Desk.object();
  }

  private void check(Api api, ObjectNode resource, ObjectNode given) {
    if (api.protocolType() != ProtocolType.HTTP) {
      throw RolloutRefusals.wrongExtension(MEMBER, "they go with HTTP APIs only");
    }
    Extensions on = desk.settings().extensions();
    for (String member : given.propertyNames()) {
      Extension.find(kind, member)
          .orElseThrow(
              () -> RolloutRefusals.unknownMember(String.join(", ", Extension.members(kind))))
          .check(resource, given.get(member), on);
    }
  }
}
