package dev.gatehouse.control;

import dev.gatehouse.model.RoutingRule;
import dev.gatehouse.store.Transaction;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Routing rules of domain names (control-plane.md section 13 [C]). */
final class RoutingRules {
  /** {@code *} only at the ends. */
  private static final Pattern GLOB = Pattern.compile("\\*?[^*]*\\*?");

  private final Desk desk;

  RoutingRules(Desk desk) {
    this.desk = desk;
  }

  ObjectNode create(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode domain = DomainNames.require(tx, call);
          if (domain.get("routingMode").stringValue().equals("API_MAPPING_ONLY")) {
            throw OwnRefusals.invalid("routingMode", "the domain takes no routing rules");
          }
          ObjectNode body = Merge.create(Desk.object(), call.input());
          String id = drawer(call).mint(tx, desk.ids(), body);
          body.put("routingRuleArn", arn(call, id));
          checkAndSave(tx, call, body);
          return body;
        });
  }

  private static String arn(Call call, String id) {
    return "arn:aws:apigateway:"
        + call.scope().region()
        + ":"
        + call.scope().account()
        + ":/domainnames/"
        + call.path("domainName")
        + "/routingrules/"
        + id;
  }

  /** Replaces all of a rule but its id. */
  ObjectNode put(Call call) {
    return desk.store()
        .write(tx -> {
          DomainNames.require(tx, call);
          ObjectNode old = drawer(call).require(tx, call.path("routingRuleId"));
          ObjectNode body = Merge.create(old, call.input());
          checkAndSave(tx, call, body);
          return body;
        });
  }

  ObjectNode delete(Call call) {
    return desk.store()
        .write(tx -> {
          DomainNames.require(tx, call);
          drawer(call).delete(tx, call.path("routingRuleId"));
          return Desk.object();
        });
  }

  private static void checkAndSave(Transaction tx, Call call, ObjectNode body) {
    RoutingRule rule = Desk.bind(body, RoutingRule.class);
    if (rule.actions().size() != 1) {
      throw OwnRefusals.invalid("actions", "a rule has exactly one");
    }
    checkConditions(rule.conditions());
    RoutingRule.InvokeApi target = rule.actions().getFirst().invokeApi();
    Desk.apiBody(tx, call.scope(), target.apiId());
    ApiMappings.requireStage(tx, call.scope(), target.apiId(), target.stage());
    ObjectNode invoke = (ObjectNode) body.get("actions").get(0).get("invokeApi");
    if (!invoke.has("stripBasePath")) {
      invoke.put("stripBasePath", false);
    }
    if (!drawer(call).save(tx, Integer.toString(rule.priority()), body)) {
      throw OwnRefusals.duplicatePriority(rule.priority());
    }
  }

  private static void checkConditions(List<RoutingRule.Condition> conditions) {
    long headers = conditions.stream().filter(each -> each.matchHeaders() != null).count();
    long paths = conditions.stream().filter(each -> each.matchBasePaths() != null).count();
    if (headers > 2 || paths > 1 || headers + paths != conditions.size()) {
      throw OwnRefusals.invalid(
          "conditions", "a rule has two matchHeaders and one matchBasePaths at most");
    }
    for (RoutingRule.Condition condition : conditions) {
      if (condition.matchHeaders() != null) {
        for (RoutingRule.HeaderValue value : condition.matchHeaders().anyOf()) {
          if (!GLOB.matcher(value.valueGlob()).matches()) {
            throw OwnRefusals.invalid("valueGlob", "* may stand only at its ends");
          }
        }
      }
    }
  }

  private static Drawer drawer(Call call) {
    return Kind.ROUTING_RULE.below(call.scope(), DomainNames.parent(call));
  }
}
