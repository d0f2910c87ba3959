package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Tells functions what became of events for other functions, in AWS's invocation records [C]. */
record Destinations(LambdaSetup setup, LaterEvents events) {
  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

  void succeeded(LaterEvent event, Invoked invoked, int attempts, EventConfig config) {
    tell(config.onSuccess(), event, invoked, "Success", attempts);
  }

  void failed(
      LaterEvent event, Invoked invoked, String condition, int attempts, EventConfig config) {
    if (config.onFailure() == null) {
      LOG.info("An event for {} is given up: {}", event.name().arn(), condition);
    }
    tell(config.onFailure(), event, invoked, condition, attempts);
  }

  private void tell(
      @Nullable String arn, LaterEvent event, Invoked invoked, String condition, int attempts) {
    if (arn != null) {
      FunctionName.ofArn(arn)
          .ifPresent(name ->
              events.accept(
                  name,
                  record(event, invoked, condition, attempts)
                      .toString()
                      .getBytes(StandardCharsets.UTF_8)));
    }
  }

  private ObjectNode record(LaterEvent event, Invoked invoked, String condition, int attempts) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("version", "1.0").put("timestamp", setup.clock().instant().toString());
    json.putObject("requestContext")
        .put("requestId", event.requestId())
        .put("functionArn", event.name().key().arn() + ":" + invoked.version())
        .put("condition", condition)
        .put("approximateInvokeCount", attempts);
    put(json, "requestPayload", event.payload());
    switch (invoked.outcome()) {
      case InvokeOutcome.Returned(byte[] payload) -> {
        context(json, invoked);
        put(json, "responsePayload", payload);
      }
      case InvokeOutcome.Failed(byte[] payload) -> {
        context(json, invoked).put("functionError", "Unhandled");
        put(json, "responsePayload", payload);
      }
      case InvokeOutcome.Throttled _,
          InvokeOutcome.Missing _,
          InvokeOutcome.Denied _,
          InvokeOutcome.TooLarge _ ->
          json.putNull("responsePayload"); // it was never run
    }
    return json;
  }

  private static ObjectNode context(ObjectNode json, Invoked invoked) {
    return json.putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", invoked.version());
  }

  private static void put(ObjectNode json, String member, byte[] payload) {
    try {
      json.set(member, Json.mapper().readTree(payload));
    } catch (JacksonException e) { // a runtime may answer with anything
      json.put(member, new String(payload, StandardCharsets.UTF_8));
    }
  }
}
