package dev.gatehouse.wire.rest;

import dev.gatehouse.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the members that an operation takes from the query. */
final class QueryText {
  private QueryText() {}

  static ObjectNode read(Operation operation, String rawQuery) {
    ObjectNode given = Json.mapper().createObjectNode();
    for (String pair : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
      Shape.Member member = operation.query().members().get(name);
      if (member != null) {
        String value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true);
        put(given, operation, member, value);
      }
    }
    return new ShapeCheck(false).structure(operation.query(), given, operation.inputName());
  }

  private static void put(ObjectNode given, Operation operation, Shape.Member member, String text) {
    String at = operation.inputName() + "." + member.name();
    if (member.shape() instanceof Shape.Items) {
      given.withArray(member.name()).add(text);
    } else {
      given.set(member.name(), scalar(member.shape(), text, at));
    }
  }

  private static JsonNode scalar(Shape shape, String text, String at) {
    return switch (shape) {
      case Shape.Flag flag when text.equals("true") || text.equals("false") ->
          Json.mapper().getNodeFactory().booleanNode(text.equals("true"));
      case Shape.Flag flag -> throw ShapeErrors.badRequest("'" + at + "' must be true or false");
      case Shape.Whole whole -> number(text, at);
      default -> Json.mapper().getNodeFactory().stringNode(text);
    };
  }

  private static JsonNode number(String text, String at) {
    try {
      return Json.mapper().getNodeFactory().numberNode(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw ShapeErrors.badRequest("'" + at + "' must be a whole number");
    }
  }
}
