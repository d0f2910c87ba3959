package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A selection expression of a WebSocket API, parsed (websocket-api.md 4.1 [C semantics, L
 * grammar]): text in which {@code $name} and {@code ${name}} are variables and {@code \$} is a
 * dollar sign. {@code ${request.body.service}/${request.body.action}} has three parts.
 */
public record SelectionExpression(List<Part> parts) {

  /** Text or a variable. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** A variable, such as {@code request.body.action}, without what marks it. */
  public record Variable(String name) implements Part {}

  /**
   * Parses an expression; empty where a dollar sign is neither escaped nor followed by a name, or a
   * brace is not closed.
   */
  public static Optional<SelectionExpression> parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("\\$", at)) {
        literal.append('$');
        at += 2;
      } else if (text.charAt(at) != '$') {
        literal.append(text.charAt(at));
        at++;
      } else {
        boolean braced = text.startsWith("${", at);
        int start = at + (braced ? 2 : 1);
        int end = braced ? text.indexOf('}', start) : endOfName(text, start);
        if (end <= start) {
          return Optional.empty();
        }
        flush(literal, parts);
        parts.add(new Variable(text.substring(start, end)));
        at = end + (braced ? 1 : 0);
      }
    }
    flush(literal, parts);
    return Optional.of(new SelectionExpression(List.copyOf(parts)));
  }

  private static void flush(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /** The longest run of what a JSON path is made of. */
  private static int endOfName(String text, int start) {
    int end = start;
    while (end < text.length() && isOfName(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_.[]'*@-".indexOf(c) >= 0;
  }
}
