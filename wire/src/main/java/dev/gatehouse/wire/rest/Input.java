package dev.gatehouse.wire.rest;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A decoded request: what it asks for, with members that have passed the table's checks of type,
 * presence, choice and range.
 */
public record Input(
    Operation operation, Map<String, String> path, ObjectNode query, ObjectNode body) {

  /** A parameter of the path, which the operation's template names. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException(operation.name() + " has no path parameter " + name);
    }
    return value;
  }

  /** A member of the query. */
  public Optional<JsonNode> query(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
