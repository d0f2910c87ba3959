package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The format of an access log's lines, parsed (http-api.md 11.1 [C]): {@code $context.x.y} is a
 * variable, everything else stands for itself. A name ends where a character follows that no name
 * has; a dot belongs to it only when more follows. Names of claims and of an authorizer's context
 * may have hyphens and colons too ({@code cognito:username}).
 */
public record LogFormat(List<Part> parts) {
  private static final String VARIABLE = "$context.";
  private static final String AUTHORIZER = "authorizer.";

  /** Text or a variable. */
  public sealed interface Part {}

  /** Text that stands for itself. */
  public record Literal(String text) implements Part {}

  /** A context variable, without the {@code $context.} before it. */
  public record Variable(String name) implements Part {}

  /** Parses a format; there is none that cannot be. */
  public static LogFormat parse(String format) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int at = format.indexOf(VARIABLE); at >= 0; at = format.indexOf(VARIABLE, from)) {
      int start = at + VARIABLE.length();
      int end = end(format, start);
      if (end == start) {
        end = at + VARIABLE.length();
        parts.add(new Literal(format.substring(from, end)));
      } else {
        if (at > from) {
          parts.add(new Literal(format.substring(from, at)));
        }
        parts.add(new Variable(format.substring(start, end)));
      }
      from = end;
    }
    if (from < format.length()) {
      parts.add(new Literal(format.substring(from)));
    }
    return new LogFormat(List.copyOf(parts));
  }

  private static int end(String format, int start) {
    boolean wide = format.startsWith(AUTHORIZER, start);
    int end = start;
    while (end < format.length()) {
      char next = format.charAt(end);
      boolean dot = next == '.' && end > start && end + 1 < format.length();
      if (!isOfName(next, wide) && !(dot && isOfName(format.charAt(end + 1), wide))) {
        break;
      }
      end++;
    }
    return end;
  }

  private static boolean isOfName(char c, boolean wide) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '_' || (wide && (c == '-' || c == ':'));
  }
}
