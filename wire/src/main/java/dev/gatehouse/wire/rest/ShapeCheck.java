package dev.gatehouse.wire.rest;

import dev.gatehouse.wire.Json;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds a value against its shape and gives back what the shape knows of it: members that it does
 * not know are left out, as AWS ignores them, and so are null ones.
 */
final class ShapeCheck {
  private final boolean emptyClears;

  /**
   * A check.
   *
   * @param emptyClears whether an empty text passes where the table asks for a longer one: an
   *     update clears a member so (control-plane.md sections 4 and 6 [L])
   */
  ShapeCheck(boolean emptyClears) {
    this.emptyClears = emptyClears;
  }

  /**
   * The known part of a structure.
   *
   * @param at where the value stands, for error texts
   */
  ObjectNode structure(Shape.Structure shape, JsonNode value, String at) {
    if (!value.isObject()) {
      throw ShapeErrors.wrongType(at, "an object");
    }
    ObjectNode known = Json.mapper().createObjectNode();
    for (Shape.Member member : shape.members().values()) {
      JsonNode given = value.get(member.name());
      String inside = at + "." + member.name();
      if (given != null && !given.isNull()) {
        known.set(member.name(), value(member.shape(), given, inside));
      } else if (member.required()) {
        throw ShapeErrors.missing(inside);
      }
    }
    return known;
  }

  private JsonNode value(Shape shape, JsonNode value, String at) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, value, at);
      case Shape.Items items -> items(items, value, at);
      case Shape.Entries entries -> entries(entries, value, at);
      case Shape.Text text -> text(text, value, at);
      case Shape.Choice choice -> choice(choice, value, at);
      case Shape.Whole whole -> whole(whole, value, at);
      case Shape.Decimal decimal -> demand(isFinite(value), value, at, "a number");
      case Shape.Flag flag -> demand(value.isBoolean(), value, at, "true or false");
      case Shape.Time time -> time(value, at);
      case Shape.Blob blob -> demand(value.isString(), value, at, "a string");
    };
  }

  private static JsonNode demand(boolean holds, JsonNode value, String at, String expected) {
    if (!holds) {
      throw ShapeErrors.wrongType(at, expected);
    }
    return value;
  }

  private ArrayNode items(Shape.Items shape, JsonNode value, String at) {
    demand(value.isArray(), value, at, "a list");
    ArrayNode known = Json.mapper().createArrayNode();
    for (JsonNode element : value) {
      known.add(value(shape.element(), element, at + ".member"));
    }
    return known;
  }

  private ObjectNode entries(Shape.Entries shape, JsonNode value, String at) {
    demand(value.isObject(), value, at, "a map");
    ObjectNode known = Json.mapper().createObjectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      known.set(
          wellFormed(entry.getKey(), at), value(shape.value(), entry.getValue(), at + ".member"));
    }
    return known;
  }

  private JsonNode text(Shape.Text shape, JsonNode value, String at) {
    demand(value.isString(), value, at, "a string");
    String text = wellFormed(value.stringValue(), at);
    int length = text.codePointCount(0, text.length());
    if (length < shape.shortest() && !(emptyClears && text.isEmpty())) {
      throw ShapeErrors.tooShort(at, shape.shortest());
    }
    if (length > shape.longest()) {
      throw ShapeErrors.tooLong(at, shape.longest());
    }
    return value;
  }

  private static boolean isFinite(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.doubleValue());
  }

  /** Half a surrogate pair or a NUL cannot be stored as it was given. */
  private static String wellFormed(String text, String at) {
    boolean half =
        text.codePoints()
            .anyMatch(
                c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    if (half) {
      throw ShapeErrors.wrongType(at, "well-formed text");
    }
    return text;
  }

  private static JsonNode choice(Shape.Choice shape, JsonNode value, String at) {
    demand(value.isString(), value, at, "a string");
    if (!shape.values().contains(value.stringValue())) {
      throw ShapeErrors.notAChoice(at, shape.values());
    }
    return value;
  }

  private static JsonNode whole(Shape.Whole shape, JsonNode value, String at) {
    demand(value.isIntegralNumber() && value.canConvertToInt(), value, at, "a whole number");
    if (value.intValue() < shape.least()) {
      throw ShapeErrors.tooSmall(at, shape.least());
    }
    if (value.intValue() > shape.most()) {
      throw ShapeErrors.tooLarge(at, shape.most());
    }
    return value;
  }

  private static JsonNode time(JsonNode value, String at) {
    demand(value.isString(), value, at, "an ISO-8601 time");
    try {
      OffsetDateTime.parse(value.stringValue());
      return value;
    } catch (DateTimeException e) {
      throw ShapeErrors.wrongType(at, "an ISO-8601 time");
    }
  }
}
