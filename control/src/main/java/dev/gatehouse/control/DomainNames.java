package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Custom domain names (control-plane.md section 13). */
final class DomainNames {
  private final Desk desk;
  private final Pages pages;

  DomainNames(Desk desk, Pages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  ObjectNode create(Call call) {
    ObjectNode body = Merge.create(DomainNameRules.defaults(), call.input());
    String name = body.get("domainName").stringValue();
    body.put("domainNameArn", arn(call.scope(), name));
    complete(call.scope(), body);
    DomainNameRules.check(body, desk.limits());
    return desk.store()
        .write(tx -> {
          if (tx.findAnywhere(Kind.DOMAIN_NAME.word(), name).isPresent()) {
            throw Refusals.duplicateDomainName();
          }
          drawer(call).refuseBeyond(tx, desk.limits().domainNames());
          drawer(call).save(tx, body);
          return body;
        });
  }

  /** A name of the region's own for each configuration, kept over updates. */
  private void complete(Scope scope, ObjectNode body) {
    for (JsonNode each : body.path("domainNameConfigurations")) {
      DomainNameRules.complete(
          (ObjectNode) each,
          () -> "d-" + desk.ids().id(10) + ".execute-api." + scope.region() + ".amazonaws.com");
    }
  }

  private static String arn(Scope scope, String name) {
    return "arn:aws:apigateway:" + scope.region() + "::/domainnames/" + name;
  }

  ObjectNode get(Call call) {
    return require(desk.store().head(), call);
  }

  /** The domain that the path names. */
  static ObjectNode require(View view, Call call) {
    return drawer(call).require(view, call.path("domainName"));
  }

  ObjectNode list(Call call) {
    return pages.items(desk.store().head(), drawer(call), call, UnaryOperator.identity());
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode old = require(tx, call);
          ObjectNode body = Merge.update(old, call.input());
          keepNames(old, body);
          MutualTlsRules.merge(old, call.given(), body);
          complete(call.scope(), body);
          DomainNameRules.check(body, desk.limits());
          drawer(call).save(tx, body);
          return body;
        });
  }

  private static void keepNames(ObjectNode old, ObjectNode body) {
    JsonNode before = old.path("domainNameConfigurations").path(0);
    if (body.path("domainNameConfigurations").path(0) instanceof ObjectNode now) {
      for (String member : new String[] {"apiGatewayDomainName", "hostedZoneId"}) {
        if (before.has(member)) {
          now.set(member, before.get(member));
        }
      }
    }
  }

  /** Its mappings and rules go with it [U]. */
  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          require(tx, call);
          deleteBelow(tx, call);
          drawer(call).delete(tx, call.path("domainName"));
          return Desk.object();
        });
  }

  private static void deleteBelow(Transaction tx, Call call) {
    tx.deleteBelow(call.scope(), parent(call));
  }

  /** Where what belongs to the domain stands in the store. */
  static String parent(Call call) {
    return "domain:" + call.path("domainName");
  }

  private static Drawer drawer(Call call) {
    return Kind.DOMAIN_NAME.below(call.scope(), "");
  }
}
