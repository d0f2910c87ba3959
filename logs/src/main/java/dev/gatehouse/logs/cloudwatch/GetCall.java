package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogEvent;
import dev.gatehouse.logs.LogGroup;
import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.logs.StreamEvents;
import dev.gatehouse.wire.Json;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * GetLogEvents: one stream, forwards and backwards. Tokens are {@code f/} or {@code b/} and the
 * number of an event; at an end the token stays as it is [C].
 */
final class GetCall {
  private static final int PAGE = 10_000;
  private static final int MAX_BYTES = 1 << 20;

  private final LogStore store;
  private final InstantSource clock;

  GetCall(LogStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** A page under way. */
  private static final class Found {
    private final Deque<ObjectNode> events = new ArrayDeque<>();
    private int bytes;

    boolean full(int limit) {
      return events.size() >= limit || bytes >= MAX_BYTES;
    }

    ObjectNode event(LogEvent event, String message) {
      bytes += message.length();
      return Json.mapper()
          .createObjectNode()
          .put("timestamp", event.millis())
          .put("message", message)
          .put("ingestionTime", event.ingested());
    }
  }

  ObjectNode answer(LogsCall call) {
    LogGroup group = call.require(store);
    LogName name = new LogName(call.scope(), call.group(), call.stream());
    if (!store.streams(call.scope(), group.name()).contains(name)) {
      throw LogsCall.missing("stream");
    }
    Kept kept = Kept.of(call, group, clock, false);
    int limit = call.limit("limit", PAGE, PAGE);
    String token = call.text("nextToken");
    boolean forwards = token.isEmpty() ? call.flag("startFromHead", false) : token.startsWith("f/");
    try (StreamEvents events = store.open(name)) {
      long from = token.isEmpty() ? (forwards ? events.first() : events.end()) : place(token);
      return forwards ? after(events, from, kept, limit) : before(events, from, kept, limit);
    }
  }

  private static long place(String token) {
    if (!token.matches("[fb]/\\d{1,18}")) {
      throw LogsCall.invalid("The specified nextToken is invalid.");
    }
    return Long.parseLong(token.substring(2));
  }

  private static ObjectNode after(StreamEvents events, long from, Kept kept, int limit) {
    Found found = new Found();
    long at = Math.max(from, events.first());
    long start = at;
    while (at < events.end() && !found.full(limit)) {
      LogEvent event = events.event(at++);
      if (kept.holds(event.millis())) {
        found.events.addLast(found.event(event, events.message(event)));
      }
    }
    return answer(found, start, Math.max(at, from));
  }

  private static ObjectNode before(StreamEvents events, long to, Kept kept, int limit) {
    Found found = new Found();
    long at = Math.min(to, events.end());
    long end = at;
    while (at > events.first() && !found.full(limit)) {
      LogEvent event = events.event(--at);
      if (kept.holds(event.millis())) {
        found.events.addFirst(found.event(event, events.message(event)));
      }
    }
    return answer(found, at, end);
  }

  private static ObjectNode answer(Found found, long first, long end) {
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("events");
    found.events.forEach(list::add);
    return answer
        .put("nextForwardToken", token('f', end))
        .put("nextBackwardToken", token('b', first));
  }

  private static String token(char way, long sequence) {
    return "%c/%018d".formatted(way, sequence);
  }
}
