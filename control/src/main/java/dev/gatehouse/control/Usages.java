package dev.gatehouse.control;

import dev.gatehouse.control.usage.UsageCounter;
import dev.gatehouse.control.usage.UsageCounts;
import dev.gatehouse.model.UsagePlan;
import dev.gatehouse.model.UsagePlan.Quota;
import dev.gatehouse.store.View;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the keys of a plan have used: for each day, in UTC, how many requests, and how many were
 * left (control-plane.md section 14 [C]). Without a quota 2,147,483,647 are left [U].
 */
final class Usages {
  private static final int LONGEST = 90;

  private final Desk desk;
  private final UsageCounts counts;

  Usages(Desk desk, UsageCounts counts) {
    this.desk = desk;
    this.counts = counts;
  }

  private long today() {
    return Math.floorDiv(desk.clock().millis(), Duration.ofDays(1).toMillis());
  }

  ObjectNode get(Call call) {
    String planId = call.path("usagePlanId");
    View view = desk.store().head();
    UsagePlan plan = Desk.bind(UsagePlans.find(view, call.scope(), planId), UsagePlan.class);
    LocalDate start = date(call, "startDate");
    LocalDate end = date(call, "endDate");
    if (end.isBefore(start) || start.plusDays(LONGEST).isBefore(end)) {
      throw OwnRefusals.invalid("endDate", "it is at most " + LONGEST + " days after startDate");
    }
    String only = ListOfV1.text(call, "keyId");
    ObjectNode page =
        ListOfV1.of(
            UsagePlanKeys.drawer(call.scope(), planId).all(view),
            call,
            key -> only.isEmpty() || key.get("id").stringValue().equals(only),
            key -> key);
    ObjectNode answer = answer(planId, start, end);
    if (page.has("position")) {
      answer.set("position", page.get("position"));
    }
    ObjectNode values = answer.putObject("values");
    page.get("item")
        .forEach(key -> {
          String id = key.get("id").stringValue();
          days(values.putArray(id), planId, id, plan.quota(), start, end);
        });
    return answer;
  }

  private static LocalDate date(Call call, String name) {
    try {
      return LocalDate.parse(ListOfV1.text(call, name));
    } catch (DateTimeParseException noDate) {
      throw OwnRefusals.invalid(name, "it is a date such as 2026-11-22");
    }
  }

  private static ObjectNode answer(String planId, LocalDate start, LocalDate end) {
    return Desk.object()
        .put("usagePlanId", planId)
        .put("startDate", start.toString())
        .put("endDate", end.toString());
  }

  private void days(
      ArrayNode days,
      String planId,
      String keyId,
      @Nullable Quota quota,
      LocalDate start,
      LocalDate end) {
    UsageCounter counter = counts.counter(planId, keyId);
    for (LocalDate day = start; !day.isAfter(end); day = day.plusDays(1)) {
      long left = quota == null ? Integer.MAX_VALUE : counter.left(quota, day.toEpochDay());
      days.addArray().add(counter.used(day.toEpochDay())).add(Math.max(0, left));
    }
  }

  /** Grants a key more, or less, for the rest of the period. */
  ObjectNode update(Call call) {
    String planId = call.path("usagePlanId");
    String keyId = call.path("keyId");
    View view = desk.store().head();
    UsagePlan plan = Desk.bind(UsagePlans.find(view, call.scope(), planId), UsagePlan.class);
    if (UsagePlanKeys.drawer(call.scope(), planId).find(view, keyId).isEmpty()) {
      throw Refusals.unknownApiKey();
    }
    Quota quota = plan.quota();
    if (quota == null) {
      throw Refusals.badRequest("Usage Plan " + planId + " has no quota");
    }
    PatchesV1.each(
        call,
        patch -> {
          if (!patch.path().equals("/remaining") || patch.removes()) {
            throw OwnRefusals.invalidPatchPath(patch.path(), Set.of("/remaining"));
          }
          counts.counter(planId, keyId).setLeft(quota, today(), patch.whole());
        });
    LocalDate today = LocalDate.ofEpochDay(today());
    ObjectNode answer = answer(planId, today, today);
    days(answer.putObject("values").putArray(keyId), planId, keyId, quota, today, today);
    return answer;
  }
}
