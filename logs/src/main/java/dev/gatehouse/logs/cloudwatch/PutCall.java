package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** PutLogEvents, with CloudWatch's bounds of a batch [C]. What is answered can be read. */
final class PutCall {
  private static final int MAX_EVENTS = 10_000;
  private static final int MAX_BYTES = 1_048_576;
  private static final int EVENT_OVERHEAD = 26;
  private static final long OLDEST = Duration.ofDays(14).toMillis();
  private static final long NEWEST = Duration.ofHours(2).toMillis();

  private record Event(long millis, String message) {}

  private final LogStore store;
  private final InstantSource clock;

  PutCall(LogStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  ObjectNode answer(LogsCall call) {
    call.require(store);
    LogName name = new LogName(call.scope(), call.group(), call.stream());
    if (!store.streams(call.scope(), call.group()).contains(name)) {
      throw LogsCall.missing("stream");
    }
    List<Event> events = events(call);
    long now = clock.millis();
    int from = 0;
    while (from < events.size() && events.get(from).millis() < now - OLDEST) {
      from++;
    }
    int to = events.size();
    while (to > from && events.get(to - 1).millis() > now + NEWEST) {
      to--;
    }
    write(name, events.subList(from, to));
    ObjectNode answer = Json.mapper().createObjectNode().put("nextSequenceToken", "0");
    if (from > 0 || to < events.size()) {
      ObjectNode rejected = answer.putObject("rejectedLogEventsInfo");
      if (from > 0) {
        rejected.put("tooOldLogEventEndIndex", from);
      }
      if (to < events.size()) {
        rejected.put("tooNewLogEventStartIndex", to);
      }
    }
    return answer;
  }

  private void write(LogName name, List<Event> events) {
    for (Event event : events) {
      if (!store.write(name, event.millis(), event.message())) {
        throw new ServiceException(
            503, "ServiceUnavailableException", "The logs cannot take more at the moment.");
      }
    }
    store.settle();
  }

  private static List<Event> events(LogsCall call) {
    JsonNode given = call.input().path("logEvents");
    if (!given.isArray() || given.isEmpty() || given.size() > MAX_EVENTS) {
      throw LogsCall.invalid("logEvents are from 1 to " + MAX_EVENTS);
    }
    List<Event> events = new ArrayList<>();
    long bytes = 0;
    long last = Long.MIN_VALUE;
    for (JsonNode each : given) {
      if (!each.path("timestamp").isIntegralNumber() || !each.path("message").isString()) {
        throw LogsCall.invalid("Each event has a timestamp and a message");
      }
      Event event = new Event(each.path("timestamp").asLong(), each.path("message").asString());
      if (event.millis() < last) {
        throw LogsCall.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
      last = event.millis();
      bytes += event.message().length() + EVENT_OVERHEAD;
      events.add(event);
    }
    if (bytes > MAX_BYTES) {
      throw LogsCall.invalid("Upload too large: " + bytes + " bytes exceeds limit of " + MAX_BYTES);
    }
    return events;
  }
}
