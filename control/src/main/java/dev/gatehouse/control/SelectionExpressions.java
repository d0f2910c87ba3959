package dev.gatehouse.control;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of selection expressions (websocket-api.md 4.1 [C semantics, L grammar]): text in
 * which {@code $name} and {@code ${name}} are variables and {@code \$} is a dollar sign.
 */
final class SelectionExpressions {
  /** Group 1 is the name in braces, group 2 the bare one; neither for an escaped dollar sign. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\\\\\$|\\$\\{([^}]*)}|\\$([A-Za-z0-9_.\\[\\]'*@-]*)");

  private SelectionExpressions() {}

  /** Refuses an expression with a variable that does not start with one of these. */
  static void check(String member, @Nullable String expression, String... allowed) {
    if (expression == null) {
      return;
    }
    Matcher variables = VARIABLE.matcher(expression);
    while (variables.find()) {
      String braced = variables.group(1);
      String name = braced == null ? variables.group(2) : braced;
      if (name != null && List.of(allowed).stream().noneMatch(name::startsWith)) {
        throw OwnRefusals.invalid(
            member, "its variables start with " + String.join(" or ", allowed));
      }
    }
  }
}
