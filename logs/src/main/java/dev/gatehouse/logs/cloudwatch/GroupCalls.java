package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogGroup;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Log groups, how long their events are kept, and their tags. */
final class GroupCalls {
  private static final int PAGE = 50;
  private static final int MAX_TAGS = 50;

  /** The days that CloudWatch takes [C]. */
  private static final Set<Integer> DAYS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final LogStore store;
  private final InstantSource clock;

  GroupCalls(LogStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  private static ObjectNode nothing() {
    return Json.mapper().createObjectNode();
  }

  ObjectNode create(LogsCall call) {
    LogGroup group = new LogGroup(call.group(), clock.millis(), null, tags(call.input()));
    if (!store.create(group, call.scope())) {
      throw LogsCall.exists("group");
    }
    return nothing();
  }

  private static Map<String, String> tags(ObjectNode input) {
    Map<String, String> tags = new HashMap<>();
    for (Map.Entry<String, JsonNode> tag : input.path("tags").properties()) {
      tags.put(tag.getKey(), tag.getValue().asString(""));
    }
    if (tags.size() > MAX_TAGS) {
      throw LogsCall.invalid("A log group has at most " + MAX_TAGS + " tags");
    }
    return Map.copyOf(tags);
  }

  ObjectNode delete(LogsCall call) {
    if (!store.delete(call.scope(), call.group())) {
      throw LogsCall.missing("group");
    }
    return nothing();
  }

  ObjectNode describe(LogsCall call) {
    String prefix = call.text("logGroupNamePrefix");
    String pattern = call.text("logGroupNamePattern");
    if (!prefix.isEmpty() && !pattern.isEmpty()) {
      throw LogsCall.invalid(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    List<LogGroup> groups =
        store.groups(call.scope()).stream()
            .filter(group -> group.name().startsWith(prefix) && group.name().contains(pattern))
            .toList();
    ObjectNode answer = nothing();
    ArrayNode list = answer.putArray("logGroups");
    int limit = call.limit("limit", PAGE, PAGE);
    Page.of(groups, call, limit, LogGroup::name, answer)
        .forEach(group -> list.add(description(call, group)));
    return answer;
  }

  private static ObjectNode description(LogsCall call, LogGroup group) {
    ObjectNode description =
        nothing()
            .put("logGroupName", group.name())
            .put("creationTime", group.created())
            .put("metricFilterCount", 0)
            .put("arn", call.arn(group.name()) + ":*")
            .put("storedBytes", 0L)
            .put("logGroupClass", "STANDARD")
            .put("logGroupArn", call.arn(group.name()));
    if (group.retentionInDays() != null) {
      description.put("retentionInDays", group.retentionInDays());
    }
    return description;
  }

  ObjectNode retain(LogsCall call) {
    int days = (int) call.number("retentionInDays", 0);
    if (!DAYS.contains(days)) {
      throw LogsCall.invalid("retentionInDays is none of the values that CloudWatch Logs takes");
    }
    LogGroup group = call.require(store);
    store.update(new LogGroup(group.name(), group.created(), days, group.tags()), call.scope());
    return nothing();
  }

  ObjectNode keep(LogsCall call) {
    LogGroup group = call.require(store);
    store.update(new LogGroup(group.name(), group.created(), null, group.tags()), call.scope());
    return nothing();
  }

  private LogGroup byArn(LogsCall call) {
    String arn = call.text("resourceArn");
    return store
        .group(call.scope(), LogsCall.ofArn(arn))
        .orElseThrow(() ->
            new ServiceException(
                400, "ResourceNotFoundException", "The specified resource does not exist."));
  }

  ObjectNode tags(LogsCall call) {
    ObjectNode answer = nothing();
    ObjectNode tags = answer.putObject("tags");
    byArn(call).tags().forEach(tags::put);
    return answer;
  }

  ObjectNode tag(LogsCall call) {
    LogGroup group = byArn(call);
    Map<String, String> tags = new HashMap<>(group.tags());
    tags.putAll(tags(call.input()));
    return retag(call, group, tags);
  }

  ObjectNode untag(LogsCall call) {
    LogGroup group = byArn(call);
    Map<String, String> tags = new HashMap<>(group.tags());
    call.texts("tagKeys").forEach(tags::remove);
    return retag(call, group, tags);
  }

  private ObjectNode retag(LogsCall call, LogGroup group, Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw LogsCall.invalid("A log group has at most " + MAX_TAGS + " tags");
    }
    store.update(
        new LogGroup(group.name(), group.created(), group.retentionInDays(), tags), call.scope());
    return nothing();
  }
}
