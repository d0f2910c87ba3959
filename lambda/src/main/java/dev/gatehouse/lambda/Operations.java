package dev.gatehouse.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every operation of the Lambda API by method and path, so that a call can be named. */
record Operations(List<Operation> all) {

  /**
   * One operation.
   *
   * @param template the path's segments, parameters as {@code {Name}}
   * @param query what the query must contain; empty for most
   */
  record Operation(String method, List<String> template, String query, String name) {}

  /** An operation with the values of its path parameters, decoded. */
  record Match(String name, Map<String, String> parameters) {}

  static Operations read() {
    try (InputStream in = Operations.class.getResourceAsStream("operations.txt")) {
      if (in == null) {
        throw new IllegalStateException("operations.txt is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return new Operations(text.lines().map(Operations::operation).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Operation operation(String line) {
    String[] columns = line.split(" ", -1);
    String[] uri = columns[1].split("\\?", 2);
    return new Operation(columns[0], segments(uri[0]), uri.length == 2 ? uri[1] : "", columns[2]);
  }

  Optional<Match> match(String method, String rawPath, String rawQuery) {
    List<String> path = segments(rawPath);
    for (Operation operation : all) {
      if (operation.method().equals(method) && rawQuery.contains(operation.query())) {
        Map<String, String> parameters = new HashMap<>();
        if (matches(operation.template(), path, parameters)) {
          return Optional.of(new Match(operation.name(), parameters));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(
      List<String> template, List<String> path, Map<String, String> parameters) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      String expected = template.get(i);
      if (expected.startsWith("{")) {
        parameters.put(expected.substring(1, expected.length() - 1), decoded(path.get(i)));
      } else if (!expected.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A slash at the end makes no difference to Lambda. */
  private static List<String> segments(String path) {
    return List.of(path.split("/"));
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // no such name exists, which the operation will say
    }
  }
}
