package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Tells functions what became of events for other functions, in AWS's invocation records [C]. */
record Destinations(LambdaSetup setup, LaterEvents events) {
  private static final Logger LOG = LoggerFactory.getLogger(Destinations.class);

  void succeeded(Attempt attempt) {
    tell(attempt.config().onSuccess(), attempt, "Success");
  }

  void failed(Attempt attempt, String condition) {
    if (attempt.config().onFailure() == null) {
      LOG.info("An event for {} is given up: {}", attempt.event().name().arn(), condition);
    }
    tell(attempt.config().onFailure(), attempt, condition);
  }

  private void tell(@Nullable String arn, Attempt attempt, String condition) {
    Optional<FunctionName> name = Optional.ofNullable(arn).flatMap(FunctionName::ofArn);
    if (name.isEmpty()) {
      return;
    }
    byte[] told = record(attempt, condition).toString().getBytes(StandardCharsets.UTF_8);
    try {
      if (events.accept(name.get(), told).isEmpty()) {
        LOG.warn("{} is not told of an event: too many wait already", arn);
      }
    } catch (IOException e) {
      LOG.warn("{} is not told of an event: {}", arn, e.toString());
    }
  }

  private ObjectNode record(Attempt attempt, String condition) {
    LaterEvent event = attempt.event();
    Invoked invoked = attempt.invoked();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("version", "1.0").put("timestamp", setup.clock().instant().toString());
    json.putObject("requestContext")
        .put("requestId", event.requestId())
        .put("functionArn", event.name().key().arn() + ":" + invoked.version())
        .put("condition", condition)
        .put("approximateInvokeCount", attempt.count());
    put(json, "requestPayload", attempt.payload());
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
