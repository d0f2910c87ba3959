package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.logs.LogEvent;
import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.logs.StreamEvents;
import dev.gatehouse.wire.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The streams of a group. */
final class StreamCalls {
  private static final int PAGE = 50;

  private final LogStore store;

  StreamCalls(LogStore store) {
    this.store = store;
  }

  /** A stream with its first and last events; null where it has none. */
  private record Seen(LogName name, @Nullable LogEvent first, @Nullable LogEvent last) {
    String key() {
      return name.stream();
    }

    long lastMillis() {
      return last == null ? 0 : last.millis();
    }
  }

  ObjectNode create(LogsCall call) {
    call.require(store);
    if (!store.create(new LogName(call.scope(), call.group(), call.stream()))) {
      throw LogsCall.exists("stream");
    }
    return Json.mapper().createObjectNode();
  }

  ObjectNode delete(LogsCall call) {
    call.require(store);
    if (!store.delete(new LogName(call.scope(), call.group(), call.stream()))) {
      throw LogsCall.missing("stream");
    }
    return Json.mapper().createObjectNode();
  }

  ObjectNode describe(LogsCall call) {
    String prefix = call.text("logStreamNamePrefix");
    boolean byTime = call.text("orderBy").equals("LastEventTime");
    if (byTime && !prefix.isEmpty()) {
      throw LogsCall.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    call.require(store);
    Comparator<Seen> order =
        byTime
            ? Comparator.comparingLong(Seen::lastMillis).thenComparing(Seen::key)
            : Comparator.comparing(Seen::key);
    Stream<Seen> seen =
        store.streams(call.scope(), call.group()).stream()
            .filter(name -> name.stream().startsWith(prefix))
            .map(this::seen);
    List<Seen> streams = new ArrayList<>(seen.toList());
    streams.sort(call.flag("descending", false) ? order.reversed() : order);
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("logStreams");
    int limit = call.limit("limit", PAGE, PAGE);
    Page.of(streams, call, limit, Seen::key, answer)
        .forEach(each -> list.add(description(call, each)));
    return answer;
  }

  private Seen seen(LogName name) {
    try (StreamEvents events = store.open(name)) {
      return events.end() == events.first()
          ? new Seen(name, null, null)
          : new Seen(name, events.event(events.first()), events.event(events.end() - 1));
    }
  }

  private static ObjectNode description(LogsCall call, Seen stream) {
    String arn = call.arn(stream.name().group()) + ":log-stream:" + stream.key();
    ObjectNode description = Json.mapper().createObjectNode().put("logStreamName", stream.key());
    if (stream.first() != null && stream.last() != null) {
      description
          .put("creationTime", stream.first().ingested())
          .put("firstEventTimestamp", stream.first().millis())
          .put("lastEventTimestamp", stream.last().millis())
          .put("lastIngestionTime", stream.last().ingested())
          .put("uploadSequenceToken", Long.toString(stream.last().sequence() + 1));
    } else {
      description.put("creationTime", 0L);
    }
    return description.put("arn", arn).put("storedBytes", 0L);
  }
}
