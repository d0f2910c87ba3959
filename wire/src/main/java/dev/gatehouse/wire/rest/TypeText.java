package dev.gatehouse.wire.rest;

import java.util.List;
import java.util.Map;

/** Reads the type notation of the table, such as {@code map<string(1..512)>}. */
final class TypeText {
  private final Map<String, Shape.Structure> structures;

  TypeText(Map<String, Shape.Structure> structures) {
    this.structures = structures;
  }

  Shape read(String text) {
    if (text.startsWith("[")) {
      return new Shape.Items(read(text.substring(1, text.length() - 1)));
    }
    if (text.startsWith("map<")) {
      return new Shape.Entries(read(text.substring(4, text.length() - 1)));
    }
    if (text.startsWith("(")) {
      return new Shape.Choice(List.of(text.substring(1, text.length() - 1).split("\\|")));
    }
    return named(text);
  }

  private Shape named(String text) {
    int open = text.indexOf('(');
    String range = open < 0 ? "" : text.substring(open + 1, text.length() - 1);
    return switch (open < 0 ? text : text.substring(0, open)) {
      case "string" -> new Shape.Text(bound(range, 0, 0), bound(range, 1, Integer.MAX_VALUE));
      case "int" ->
          new Shape.Whole(bound(range, 0, Integer.MIN_VALUE), bound(range, 1, Integer.MAX_VALUE));
      case "double" -> new Shape.Decimal();
      case "bool" -> new Shape.Flag();
      case "time" -> new Shape.Time();
      case "blob" -> new Shape.Blob();
      default -> structure(text);
    };
  }

  private Shape structure(String name) {
    Shape.Structure structure = structures.get(name);
    if (structure == null) {
      throw new IllegalStateException("operations.txt has no structure " + name + " above its use");
    }
    return structure;
  }

  private static int bound(String range, int side, int otherwise) {
    if (range.isEmpty()) {
      return otherwise;
    }
    int dots = range.indexOf("..");
    return Integer.parseInt(side == 0 ? range.substring(0, dots) : range.substring(dots + 2));
  }
}
