package dev.gatehouse.control;

import dev.gatehouse.wire.rest.Input;
import dev.gatehouse.wire.rest.Shape;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts what a caller gave into a resource, by the shapes of the table, so that no member can be
 * forgotten.
 *
 * <p>An update sets the members that are given. An empty text clears a member (control-plane.md
 * section 4 [L]); maps are merged by key, where an empty value clears the key (sections 6 and 9
 * [L]); lists and structures are replaced as a whole (section 4 [C] for CORS).
 */
final class Merge {
  private Merge() {}

  /** What is given, over the defaults. */
  static ObjectNode create(ObjectNode defaults, Input input) {
    ObjectNode merged = defaults.deepCopy();
    merged.setAll(input.body());
    return merged;
  }

  /** The old resource with what is given. */
  static ObjectNode update(ObjectNode old, Input input) {
    ObjectNode merged = old.deepCopy();
    for (Map.Entry<String, JsonNode> given : input.body().properties()) {
      Shape.Member member = input.operation().body().members().get(given.getKey());
      if (member != null) {
        put(merged, given.getKey(), member.shape(), given.getValue());
      }
    }
    return merged;
  }

  private static void put(ObjectNode into, String name, Shape shape, JsonNode given) {
    switch (shape) {
      case Shape.Entries entries -> putEntries(into, name, entries.value(), given);
      case Shape.Structure structure -> setOrClear(into, name, withoutEmpty(given));
      default -> setOrClear(into, name, given);
    }
  }

  private static void putEntries(ObjectNode into, String name, Shape value, JsonNode given) {
    ObjectNode entries = into.withObject(name);
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (value instanceof Shape.Structure) {
        entries.withObject(entry.getKey()).setAll((ObjectNode) entry.getValue());
      } else {
        setOrClear(entries, entry.getKey(), entry.getValue());
      }
    }
    if (entries.isEmpty()) {
      into.remove(name);
    }
  }

  private static JsonNode withoutEmpty(JsonNode structure) {
    ObjectNode kept = ((ObjectNode) structure).deepCopy();
    kept.properties().removeIf(member -> isEmptyText(member.getValue()));
    return kept;
  }

  private static void setOrClear(ObjectNode into, String name, JsonNode given) {
    if (isEmptyText(given) || (given.isObject() && given.isEmpty())) {
      into.remove(name);
    } else {
      into.set(name, given);
    }
  }

  private static boolean isEmptyText(JsonNode value) {
    return value.isString() && value.stringValue().isEmpty();
  }
}
