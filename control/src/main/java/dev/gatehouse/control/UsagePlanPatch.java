package dev.gatehouse.control;

import dev.gatehouse.control.PatchesV1.Patch;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be patched of a usage plan (control-plane.md section 14 [C/L]). */
final class UsagePlanPatch {
  private static final Set<String> PATHS =
      Set.of(
          "/name",
          "/description",
          "/productCode",
          "/apiStages",
          "/throttle",
          "/throttle/rateLimit",
          "/throttle/burstLimit",
          "/quota",
          "/quota/limit",
          "/quota/offset",
          "/quota/period");
  private static final String STAGE = "/apiStages/";

  /** A stage's throttle: all of it, of one route, or one of its two numbers. */
  private static final Pattern THROTTLE =
      Pattern.compile("([^:/]+):([^:/]+)/throttle(?:/(.+?)(?:/(rateLimit|burstLimit))?)?");

  private UsagePlanPatch() {}

  static void apply(ObjectNode plan, Patch patch) {
    String path = patch.path();
    if (path.startsWith(STAGE)) {
      ofStage(plan, patch, path.substring(STAGE.length()));
      return;
    }
    if (!PATHS.contains(path)) {
      throw OwnRefusals.invalidPatchPath(path, PATHS);
    }
    switch (path) {
      case "/name", "/description", "/productCode" -> patch.text(plan, path.substring(1));
      case "/apiStages" -> stage(UsagePlans.stages(plan), patch);
      case "/throttle", "/quota" -> {
        if (!patch.removes()) {
          throw OwnRefusals.invalidPatchPath(path + " with " + patch.op(), PATHS);
        }
        plan.remove(path.substring(1));
      }
      default -> {
        String[] parts = path.substring(1).split("/");
        number(plan.withObject(parts[0]), parts[1], patch);
      }
    }
  }

  private static void number(ObjectNode into, String member, Patch patch) {
    if (patch.removes()) {
      into.remove(member);
      return;
    }
    switch (member) {
      case "rateLimit" -> into.put(member, patch.decimal());
      case "period" -> into.put(member, period(patch.value()));
      default -> into.put(member, patch.whole());
    }
  }

  private static String period(String value) {
    if (!Set.of("DAY", "WEEK", "MONTH").contains(value)) {
      throw OwnRefusals.invalid("quota", "the period is DAY, WEEK or MONTH");
    }
    return value;
  }

  private static void stage(ArrayNode stages, Patch patch) {
    String[] parts = patch.value().split(":", -1);
    if (parts.length != 2) {
      throw Refusals.badPlanStage();
    }
    int at = indexOf(stages, parts[0], parts[1]);
    if (!patch.removes() && at < 0) {
      stages.addObject().put("apiId", parts[0]).put("stage", parts[1]);
    } else if (patch.removes() && at >= 0) {
      stages.remove(at);
    } else if (patch.removes()) {
      throw Refusals.badPlanStage();
    }
  }

  private static int indexOf(ArrayNode stages, String apiId, String name) {
    for (int i = 0; i < stages.size(); i++) {
      JsonNode each = stages.get(i);
      if (each.path("apiId").asString("").equals(apiId)
          && each.path("stage").asString("").equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * {@code apiId:stage/throttle/GET ~1pets/rateLimit}; Terraform leaves the slashes of a route as
   * they are [C].
   */
  private static void ofStage(ObjectNode plan, Patch patch, String rest) {
    Matcher parts = THROTTLE.matcher(rest);
    if (!parts.matches()) {
      throw OwnRefusals.invalidPatchPath(patch.path(), PATHS);
    }
    ArrayNode stages = UsagePlans.stages(plan);
    int at = indexOf(stages, parts.group(1), parts.group(2));
    if (at < 0) {
      throw Refusals.badPlanStage();
    }
    ObjectNode held = (ObjectNode) stages.get(at);
    String route = parts.group(3);
    String member = parts.group(4);
    if (member != null) {
      ObjectNode byRoute = held.withObject("throttle");
      String key = unescaped(route);
      ObjectNode limits =
          byRoute.get(key) instanceof ObjectNode known ? known : byRoute.putObject(key);
      number(limits, member, patch);
    } else if (!patch.removes()) {
      throw OwnRefusals.invalidPatchPath(patch.path(), PATHS);
    } else if (route == null) {
      held.remove("throttle");
    } else {
      held.withObject("throttle").remove(unescaped(route));
    }
  }

  /** As JSON pointers escape names. */
  private static String unescaped(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }
}
