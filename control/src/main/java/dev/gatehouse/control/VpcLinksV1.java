package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * VPC links of API Gateway v1, the only ones that WebSocket APIs take (control-plane.md section 6
 * [C]). As with {@link VpcLinks} there is nothing to provision. v1's own quota is not known here,
 * so v2's holds [U].
 */
final class VpcLinksV1 {
  private static final Pattern BALANCER =
      Pattern.compile("arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\\d{12}:loadbalancer/\\S+");

  /** What can be patched. */
  private static final Set<String> PATCHED = Set.of("/description", "/name");

  private final Desk desk;
  private final Pages pages;

  VpcLinksV1(Desk desk, Pages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  /** Refuses an id that no link of v1 has. */
  static void require(View view, Scope scope, String id) {
    find(view, scope, id);
  }

  private static ObjectNode find(View view, Scope scope, String id) {
    return drawer(scope).find(view, id).orElseThrow(Refusals::unknownVpcLinkOfV1);
  }

  ObjectNode create(Call call) {
    ObjectNode body =
        Merge.create(
            Desk.object()
                .put("status", "AVAILABLE")
                .put("statusMessage", "Your vpc link is ready for use"),
            call.input());
    check(body);
    return desk.store()
        .write(tx -> {
          Drawer drawer = drawer(call.scope());
          drawer.refuseBeyond(tx, desk.limits().vpcLinks());
          drawer.mint(tx, desk.ids(), body);
          drawer.save(tx, body);
          return body.deepCopy()
              .put("status", "PENDING")
              .put("statusMessage", "Your vpc link is being provisioned");
        });
  }

  private void check(ObjectNode body) {
    if (body.path("name").asString("").isEmpty()) {
      throw OwnRefusals.required("name");
    }
    JsonNode targets = body.get("targetArns");
    boolean known =
        targets.values().stream().allMatch(arn -> BALANCER.matcher(arn.stringValue()).matches());
    if (targets.isEmpty() || !known) {
      throw OwnRefusals.invalid("targetArns", "they are the ARNs of network load balancers");
    }
    if (body.has("tags")) {
      Map<String, String> tags =
          Json.mapper().convertValue(body.get("tags"), new TypeReference<>() {});
      TagRules.check(tags, desk.limits());
    }
  }

  ObjectNode get(Call call) {
    return find(desk.store().head(), call.scope(), call.path("vpcLinkId"));
  }

  ObjectNode list(Call call) {
    return pages.itemsOfV1(desk.store().head(), drawer(call.scope()), call);
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode body = find(tx, call.scope(), call.path("vpcLinkId"));
          for (JsonNode operation : call.given().path("patchOperations")) {
            patch(body, operation);
          }
          check(body);
          drawer(call.scope()).save(tx, body);
          return body;
        });
  }

  private static void patch(ObjectNode body, JsonNode operation) {
    String path = operation.get("path").stringValue();
    if (!PATCHED.contains(path)) {
      throw OwnRefusals.invalidPatchPath(path, PATCHED);
    }
    switch (operation.get("op").stringValue()) {
      case "add", "replace" -> body.put(path.substring(1), operation.path("value").asString(""));
      case "remove" -> body.remove(path.substring(1));
      default -> throw OwnRefusals.invalid("op", "it is add, replace or remove");
    }
  }

  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          String id = call.path("vpcLinkId");
          find(tx, call.scope(), id);
          VpcLinks.refuseIfUsed(tx, call.scope(), id);
          drawer(call.scope()).delete(tx, id);
          return Desk.object();
        });
  }

  private static Drawer drawer(Scope scope) {
    return Kind.VPC_LINK_V1.below(scope, "");
  }
}
