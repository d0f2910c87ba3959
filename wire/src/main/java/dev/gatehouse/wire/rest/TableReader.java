package dev.gatehouse.wire.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Reads {@code operations.txt}, whose head explains the notation. */
final class TableReader {
  private static final Shape.Structure NOTHING =
      new Shape.Structure("-", Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));

  private final Map<String, Shape.Structure> structures = new HashMap<>(Map.of("-", NOTHING));
  private final TypeText types = new TypeText(structures);
  private final List<Operation> operations = new ArrayList<>();

  /** The operations of a table, in its order. */
  static List<Operation> read(String table) {
    TableReader reader = new TableReader();
    List<String> block = new ArrayList<>();
    for (String line : (table + "\n#").split("\n")) {
      if (!line.startsWith("  ") && !block.isEmpty()) {
        reader.add(block.getFirst(), String.join(" ", block.subList(1, block.size())).strip());
        block.clear();
      }
      if (!line.isBlank() && !line.startsWith("#")) {
        block.add(line.strip());
      }
    }
    return List.copyOf(reader.operations);
  }

  private void add(String head, String members) {
    List<String> words = List.of(head.split(" "));
    List<String> texts = members.isEmpty() ? List.of() : list(members);
    switch (words.getFirst()) {
      case "struct" -> structures.put(words.get(1), structure(words.get(1), texts));
      case "op" -> operations.add(operation(words, texts));
      default -> throw new IllegalStateException("operations.txt: " + head);
    }
  }

  /** Without a pattern: this runs at each start, before anything is compiled. */
  private static List<String> list(String members) {
    List<String> texts = new ArrayList<>();
    for (String text : members.split(",")) {
      texts.add(text.strip());
    }
    return texts;
  }

  private Shape.Structure structure(String name, List<String> texts) {
    return new Shape.Structure(name, members(texts, NOTHING));
  }

  private Operation operation(List<String> words, List<String> texts) {
    Shape.Structure output = (Shape.Structure) types.read(words.get(5));
    Predicate<String> inQuery = text -> text.startsWith("?");
    List<String> query = texts.stream().filter(inQuery).map(text -> text.substring(1)).toList();
    List<String> body = texts.stream().filter(inQuery.negate()).toList();
    String name = words.get(1);
    return new Operation(
        name,
        words.get(2),
        PathTemplate.of(words.get(3)),
        Integer.parseInt(words.get(4)),
        new Shape.Structure(name, members(query, output)),
        new Shape.Structure(name, members(body, output)),
        output);
  }

  private SequencedMap<String, Shape.Member> members(List<String> texts, Shape.Structure typed) {
    LinkedHashMap<String, Shape.Member> members = new LinkedHashMap<>();
    for (String text : texts) {
      int space = text.indexOf(' ');
      String word = space < 0 ? text : text.substring(0, space);
      boolean required = word.endsWith("!");
      String name = required ? word.substring(0, word.length() - 1) : word;
      Shape shape = space < 0 ? sameAs(name, typed) : types.read(text.substring(space + 1));
      members.put(name, new Shape.Member(name, shape, required));
    }
    return Collections.unmodifiableSequencedMap(members);
  }

  private static Shape sameAs(String name, Shape.Structure typed) {
    Shape.Member same = typed.members().get(name);
    if (same == null) {
      throw new IllegalStateException("operations.txt: " + name + " has no type");
    }
    return same.shape();
  }
}
