package dev.gatehouse.wire.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header lines in wire order. Names keep their case and are compared without it. Immutable. */
public record Headers(List<Header> lines) {

  /** One line. */
  public record Header(String name, String value) {}

  public Headers {
    lines = List.copyOf(lines);
  }

  /** Headers from alternating names and values. */
  public static Headers of(String... namesAndValues) {
    List<Header> lines = new ArrayList<>(namesAndValues.length / 2);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      lines.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Headers(lines);
  }

  /** The first value of a name. */
  public Optional<String> first(String name) {
    for (Header line : lines) {
      if (line.name().equalsIgnoreCase(name)) {
        return Optional.of(line.value());
      }
    }
    return Optional.empty();
  }

  /** Every value of a name, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (Header line : lines) {
      if (line.name().equalsIgnoreCase(name)) {
        values.add(line.value());
      }
    }
    return List.copyOf(values);
  }

  /** These headers and one more line. */
  public Headers with(String name, String value) {
    List<Header> more = new ArrayList<>(lines);
    more.add(new Header(name, value));
    return new Headers(more);
  }

  /** These headers without any line of that name. */
  public Headers without(String name) {
    return new Headers(lines.stream().filter(line -> !line.name().equalsIgnoreCase(name)).toList());
  }
}
