package dev.gatehouse.server.watch;

import dev.gatehouse.gateway.meter.Count;
import dev.gatehouse.gateway.meter.GatewayReading;
import dev.gatehouse.gateway.meter.Latency;
import dev.gatehouse.gateway.meter.LoopReading;
import dev.gatehouse.gateway.meter.Reading;
import dev.gatehouse.gateway.meter.StageReading;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /_gatehouse/status}: the state of the node at a glance, and what its stages and routes
 * have counted, for {@code gatehouse status} and {@code gatehouse top}. Tells a caller of the APIs
 * of its own account.
 */
public record Status(Watched watched, InstantSource clock) implements CallerService {
  /** Where the state is. */
  public static final String PATH = "/_gatehouse/status";

  @Override
  public HttpReply handle(Caller caller, HttpCall call) {
    if (!call.method().equals("GET")) {
      return HttpReply.json(405, "{\"message\":\"The status is read with GET.\"}");
    }
    GatewayReading reading = watched.gateway().read();
    ObjectNode status = node(reading);
    ArrayNode stages = status.putArray("stages");
    for (StageReading stage : reading.stages()) {
      if (stage.scope().account().equals(caller.scope().account())) {
        stages.add(stage(stage));
      }
    }
    return HttpReply.json(200, Json.mapper().writeValueAsString(status));
  }

  private ObjectNode node(GatewayReading reading) {
    ObjectNode status = Json.mapper().createObjectNode();
    status.put("version", watched.version());
    status.put("started", watched.started().toString());
    status.put("millis", clock.millis());
    status.put("clients", reading.clients());
    status.put("heldBytes", reading.heldBytes());
    status.put("upstreams", reading.loops().stream().mapToInt(LoopReading::upstreamOpen).sum());
    status.put(
        "loopDelayMicros",
        reading.loops().stream()
            .mapToLong(loop -> loop.delayNanos() < 0 ? 1_000_000 : loop.delayNanos() / 1_000)
            .max()
            .orElse(0));
    status.put("heapBytes", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    status.put("logQueue", watched.logs().queued());
    status.put("logDropped", watched.logs().dropped());
    status.put("unmatched", reading.unmatched().requests());
    ArrayNode bounds = status.putArray("latencyBounds");
    Latency.bounds().stream().filter(Double::isFinite).forEach(bounds::add);
    return status;
  }

  private static ObjectNode stage(StageReading stage) {
    ObjectNode told = counts(stage.whole());
    told.put("apiId", stage.apiId()).put("stage", stage.stage());
    ArrayNode routes = told.putArray("routes");
    for (Map.Entry<String, Reading> route : stage.routes().entrySet()) {
      routes.add(counts(route.getValue()).put("routeKey", route.getKey()));
    }
    return told;
  }

  private static ObjectNode counts(Reading reading) {
    ObjectNode counts = Json.mapper().createObjectNode();
    counts.put("requests", reading.requests());
    counts.put("clientErrors", reading.of(Count.CLIENT_ERRORS));
    counts.put("serverErrors", reading.of(Count.SERVER_ERRORS));
    counts.put("throttled", reading.of(Count.THROTTLED));
    counts.put("bytes", reading.of(Count.BYTES));
    ArrayNode latencies = counts.putArray("latencies");
    for (long count : reading.latencies()) {
      latencies.add(count);
    }
    return counts;
  }
}
