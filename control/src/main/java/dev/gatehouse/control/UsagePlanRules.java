package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a usage plan must be. The words of quotas are ours [U], their bounds AWS's [L]. */
final class UsagePlanRules {
  private static final int MAX_STAGES = 100;

  private UsagePlanRules() {}

  static void check(View view, Scope scope, ObjectNode plan, Limits limits) {
    if (plan.path("name").asString("").isEmpty()) {
      throw OwnRefusals.required("name");
    }
    checkThrottle(plan.path("throttle"));
    checkQuota(plan.path("quota"));
    Set<String> seen = new HashSet<>();
    for (JsonNode stage : UsagePlans.stages(plan)) {
      checkStage(view, scope, stage, plan.get("id").stringValue());
      if (!seen.add(stage.path("apiId").asString("") + ":" + stage.path("stage").asString(""))) {
        throw Refusals.badPlanStage();
      }
      stage.path("throttle").forEach(UsagePlanRules::checkThrottle);
    }
    if (seen.size() > MAX_STAGES) {
      throw OwnRefusals.invalid("apiStages", "a usage plan has at most " + MAX_STAGES);
    }
    if (plan.has("tags")) {
      Map<String, String> tags =
          Json.mapper().convertValue(plan.get("tags"), new TypeReference<>() {});
      TagRules.check(tags, limits);
    }
  }

  private static void checkStage(View view, Scope scope, JsonNode stage, String planId) {
    String apiId = stage.path("apiId").asString("");
    String name = stage.path("stage").asString("");
    if (apiId.isEmpty() || name.isEmpty()) {
      throw Refusals.badPlanStage();
    }
    boolean there =
        Kind.API.below(scope, "").find(view, apiId).isPresent()
            && Kind.STAGE.below(scope, apiId).find(view, name).isPresent();
    if (!there) {
      throw Refusals.unknownPlanStage(apiId, name, planId);
    }
  }

  private static void checkThrottle(JsonNode throttle) {
    if (throttle.path("rateLimit").asDouble(0) < 0 || throttle.path("burstLimit").asInt(0) < 0) {
      throw OwnRefusals.invalid("throttle", "rateLimit and burstLimit are not negative");
    }
  }

  private static void checkQuota(JsonNode quota) {
    if (quota.isMissingNode()) {
      return;
    }
    String period = quota.path("period").asString("");
    int offset = quota.path("offset").asInt(0);
    int last = period.equals("WEEK") ? 6 : period.equals("MONTH") ? 27 : 0;
    if (period.isEmpty() || !quota.has("limit")) {
      throw OwnRefusals.invalid("quota", "it has a limit and a period");
    }
    if (quota.get("limit").asInt() < 1) {
      throw OwnRefusals.invalid("quota", "the limit is at least 1");
    }
    if (offset < 0 || offset > last) {
      throw OwnRefusals.invalid(
          "quota", "the offset in a period of a " + period + " is from 0 to " + last);
    }
  }
}
