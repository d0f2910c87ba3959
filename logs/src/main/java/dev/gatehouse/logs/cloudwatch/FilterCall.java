package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogEvent;
import dev.gatehouse.logs.LogGroup;
import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.logs.StreamEvents;
import dev.gatehouse.wire.Json;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * FilterLogEvents: the events of many streams of a group, by time. A page holds the earliest of
 * those behind the token, so that its cost is bounded however much there is.
 */
final class FilterCall {
  private static final int PAGE = 10_000;
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_STREAMS = 100;

  private final LogStore store;
  private final InstantSource clock;

  FilterCall(LogStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  ObjectNode answer(LogsCall call) {
    LogGroup group = call.require(store);
    Kept kept = Kept.of(call, group, clock, true);
    FilterPattern pattern = FilterPattern.parse(call.text("filterPattern"));
    int limit = call.limit("limit", PAGE, PAGE);
    Place after = Place.read(Page.place(call));
    PriorityQueue<Found> earliest = new PriorityQueue<>(Found.LATEST_FIRST);
    for (LogName stream : streams(call, group)) {
      try (StreamEvents events = store.open(stream)) {
        gather(stream, events, kept, pattern, after, limit + 1, earliest);
      }
    }
    return page(earliest, limit);
  }

  private List<LogName> streams(LogsCall call, LogGroup group) {
    Set<String> named = new HashSet<>(call.texts("logStreamNames"));
    String prefix = call.text("logStreamNamePrefix");
    if (named.size() > MAX_STREAMS || (!named.isEmpty() && !prefix.isEmpty())) {
      throw LogsCall.invalid(
          "Give at most " + MAX_STREAMS + " logStreamNames, or a logStreamNamePrefix");
    }
    return store.streams(call.scope(), group.name()).stream()
        .filter(stream -> named.isEmpty() || named.contains(stream.stream()))
        .filter(stream -> stream.stream().startsWith(prefix))
        .toList();
  }

  private static void gather(
      LogName stream,
      StreamEvents events,
      Kept kept,
      FilterPattern pattern,
      Place after,
      int most,
      PriorityQueue<Found> earliest) {
    for (long at = events.first(); at < events.end(); at++) {
      LogEvent event = events.event(at);
      if (!kept.holds(event.millis())) {
        continue;
      }
      Place place = new Place(event.millis(), stream.stream(), at);
      boolean candidate = place.compareTo(after) > 0;
      Found last = earliest.size() < most ? null : earliest.peek();
      if (candidate && (last == null || place.compareTo(last.place()) < 0)) {
        String message = events.message(event);
        if (pattern.matches(message)) {
          earliest.add(new Found(place, event.ingested(), message));
          if (earliest.size() > most) {
            earliest.poll();
          }
        }
      }
    }
  }

  private static ObjectNode page(PriorityQueue<Found> earliest, int limit) {
    List<Found> found = earliest.stream().sorted(Found.LATEST_FIRST.reversed()).toList();
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("events");
    int bytes = 0;
    int taken = 0;
    while (taken < Math.min(limit, found.size()) && bytes < MAX_BYTES) {
      Found each = found.get(taken++);
      bytes += each.message().length();
      list.add(each.json());
    }
    answer.putArray("searchedLogStreams");
    if (taken < found.size()) {
      answer.put("nextToken", Page.token(found.get(taken - 1).place().text()));
    }
    return answer;
  }
}
