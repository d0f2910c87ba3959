package dev.gatehouse.control;

import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The patch operations of v1: a path, and a value that is always text. */
final class PatchesV1 {
  private PatchesV1() {}

  /** One operation. */
  record Patch(String op, String path, String value) {
    static Patch of(JsonNode operation) {
      String op = operation.get("op").stringValue();
      if (!Set.of("add", "replace", "remove").contains(op)) {
        throw OwnRefusals.invalid("op", "it is add, replace or remove");
      }
      return new Patch(
          op, operation.get("path").stringValue(), operation.path("value").asString(""));
    }

    boolean removes() {
      return op.equals("remove");
    }

    /** Sets or removes a text. */
    void text(ObjectNode body, String member) {
      if (removes()) {
        body.remove(member);
      } else {
        body.put(member, value);
      }
    }

    boolean flag() {
      if (!value.equals("true") && !value.equals("false")) {
        throw OwnRefusals.invalid("value", "it is true or false");
      }
      return value.equals("true");
    }

    int whole() {
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException noNumber) {
        throw OwnRefusals.invalid("value", "it is a whole number");
      }
    }

    double decimal() {
      if (!value.matches("-?\\d{1,12}(\\.\\d{1,12})?")) {
        throw OwnRefusals.invalid("value", "it is a number");
      }
      return Double.parseDouble(value);
    }
  }

  /** Applies the operations of a call, one after the other. */
  static void each(Call call, Consumer<Patch> apply) {
    for (JsonNode operation : call.given().path("patchOperations")) {
      apply.accept(Patch.of(operation));
    }
  }
}
