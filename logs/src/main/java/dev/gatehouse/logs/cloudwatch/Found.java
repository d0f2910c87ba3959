package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.wire.Json;
import java.util.Comparator;
import tools.jackson.databind.node.ObjectNode;

/** An event that a search came upon. */
record Found(Place place, long ingested, String message) {
  static final Comparator<Found> LATEST_FIRST =
      Comparator.comparing(Found::place, Comparator.reverseOrder());

  ObjectNode json() {
    return Json.mapper()
        .createObjectNode()
        .put("logStreamName", place.stream())
        .put("timestamp", place.millis())
        .put("message", message)
        .put("ingestionTime", ingested)
        .put("eventId", place.eventId());
  }
}
