package dev.gatehouse.control;

import dev.gatehouse.model.Integration;
import dev.gatehouse.model.Route;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * VPC links (control-plane.md section 13 [C]). There is nothing to provision here, so a link that
 * its creation shows as pending is available to every later call.
 */
final class VpcLinks {
  private final Desk desk;
  private final Pages pages;

  VpcLinks(Desk desk, Pages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          Drawer drawer = drawer(call);
          drawer.refuseBeyond(tx, desk.limits().vpcLinks());
          ObjectNode body = Merge.create(defaults(), call.input());
          body.put("createdDate", desk.now());
          TagRules.check(
              Json.mapper().convertValue(body.get("tags"), new TypeReference<>() {}),
              desk.limits());
          if (body.get("subnetIds").isEmpty()) {
            throw OwnRefusals.required("subnetIds");
          }
          drawer.mint(tx, desk.ids(), body);
          drawer.save(tx, body);
          return body.deepCopy()
              .put("vpcLinkStatus", "PENDING")
              .put("vpcLinkStatusMessage", "VPC link is provisioning ENIs");
        });
  }

  private static ObjectNode defaults() {
    ObjectNode body =
        Desk.object()
            .put("vpcLinkStatus", "AVAILABLE")
            .put("vpcLinkStatusMessage", "VPC link is ready to route traffic")
            .put("vpcLinkVersion", "V2");
    body.putArray("securityGroupIds");
    body.putObject("tags");
    return body;
  }

  ObjectNode get(Call call) {
    return drawer(call).require(desk.store().head(), call.path("vpcLinkId"));
  }

  ObjectNode list(Call call) {
    return pages.items(desk.store().head(), drawer(call), call, UnaryOperator.identity());
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode old = drawer(call).require(tx, call.path("vpcLinkId"));
          ObjectNode body = Merge.update(old, call.input());
          if (!body.has("name")) {
            throw OwnRefusals.required("name");
          }
          drawer(call).save(tx, body);
          return body;
        });
  }

  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          String id = call.path("vpcLinkId");
          drawer(call).require(tx, id);
          refuseIfUsed(tx, call.scope(), id);
          drawer(call).delete(tx, id);
          return Desk.object();
        });
  }

  /** Links of both versions are named by integrations in the same way. */
  static void refuseIfUsed(View view, Scope scope, String id) {
    for (Row row : view.listAnywhere(Kind.INTEGRATION.word())) {
      if (row.shelf().scope().equals(scope) && row.body().contains(id)) {
        Integration integration = Desk.bind(Drawer.body(row), Integration.class);
        if (id.equals(integration.connectionId())) {
          throw Refusals.vpcLinkInUse(id, userOf(view, scope, row.shelf().parent(), integration));
        }
      }
    }
  }

  /** The route that calls the integration, or the integration itself where none does. */
  private static String userOf(View view, Scope scope, String apiId, Integration integration) {
    return Kind.ROUTE.below(scope, apiId).all(view, Route.class).stream()
        .filter(route -> integration.integrationId().equals(route.integrationId()))
        .map(Route::routeId)
        .findFirst()
        .orElse(integration.integrationId());
  }

  private static Drawer drawer(Call call) {
    return Kind.VPC_LINK.below(call.scope(), "");
  }
}
