package dev.gatehouse.control;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The body of a call beyond AWS's. What it does not know it refuses, so that no typo is lost. */
record RolloutInput(ObjectNode body) {

  /** Reads a body; none is an empty object. */
  static RolloutInput read(HttpCall call, int most) throws IOException {
    byte[] bytes = call.body().readNBytes(most + 1);
    if (bytes.length > most) {
      throw RolloutRefusals.tooLong(most);
    }
    if (bytes.length > 0 && parsed(bytes) instanceof ObjectNode body) {
      return new RolloutInput(body);
    }
    if (bytes.length > 0) {
      throw RolloutRefusals.notAnObject();
    }
    return new RolloutInput(Desk.object());
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return Json.mapper().readTree(bytes);
    } catch (JacksonException e) {
      throw RolloutRefusals.notAnObject();
    }
  }

  /** This input, which may have these members only. */
  RolloutInput only(String... members) {
    List<String> known = List.of(members);
    if (!known.containsAll(body.propertyNames())) {
      throw RolloutRefusals.unknownMember(String.join(", ", known));
    }
    return this;
  }

  /** A text that must be there. */
  String required(String member) {
    JsonNode given = body.path(member);
    if (given.isMissingNode() || given.isNull()) {
      throw OwnRefusals.required(member);
    }
    if (!given.isString()) {
      throw RolloutRefusals.wrongType(member, "string");
    }
    if (given.stringValue().isEmpty()) {
      throw OwnRefusals.required(member);
    }
    return given.stringValue();
  }

  /** A flag; false where it is not given. */
  boolean flag(String member) {
    JsonNode given = body.path(member);
    if (!given.isMissingNode() && !given.isBoolean()) {
      throw RolloutRefusals.wrongType(member, "boolean");
    }
    return given.booleanValue(false);
  }
}
