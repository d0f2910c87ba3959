package dev.gatehouse.cli.watch;

import dev.gatehouse.cli.remote.ControlClient;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The events of a log group, each once, also when they come late within the same millisecond. */
final class LogTail {
  private static final JsonMapper JSON = new JsonMapper();

  /** How much later than it happened an event may be there. */
  private static final long LATE_MILLIS = 5_000;

  private final ControlClient client;
  private final String group;
  private final String filter;
  private final Set<String> seen = new HashSet<>();
  private long from;

  LogTail(ControlClient client, String group, String filter, long from) {
    this.client = client;
    this.group = group;
    this.filter = filter;
    this.from = from;
  }

  /** Hands on what has come; returns how much that was. */
  int next(Consumer<JsonNode> consumer) throws InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("logGroupName", group).put("startTime", from);
    if (!filter.isEmpty()) {
      request.put("filterPattern", filter);
    }
    Set<String> recent = new HashSet<>();
    long newest = from;
    int count = 0;
    String token;
    do {
      JsonNode page = client.call("logs", "Logs_20140328.FilterLogEvents", request);
      for (JsonNode event : page.path("events")) {
        String id = event.path("eventId").asString("");
        recent.add(id);
        newest = Math.max(newest, event.path("timestamp").asLong(0));
        if (!seen.contains(id)) {
          consumer.accept(event);
          count++;
        }
      }
      token = page.path("nextToken").asString("");
      request.put("nextToken", token);
    } while (!token.isEmpty());
    seen.clear();
    seen.addAll(recent);
    from = Math.max(from, newest - LATE_MILLIS);
    return count;
  }
}
