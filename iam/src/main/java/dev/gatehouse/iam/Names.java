package dev.gatehouse.iam;

import dev.gatehouse.wire.query.QueryInput;
import java.util.regex.Pattern;

/** Names and paths as IAM takes them [C]. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/|/[!-~]{1,510}/");

  private Names() {}

  static String need(QueryInput input, String member, int most) {
    String name = input.need(member);
    if (!NAME.matcher(name).matches() || name.length() > most) {
      throw Refusals.invalid(
          "The specified value for %s is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_- and have at most %d characters"
              .formatted(lower(member), most));
    }
    return name;
  }

  static String path(QueryInput input) {
    String path = input.find("Path").orElse("/");
    if (!PATH.matcher(path).matches() || path.contains("*") || path.contains("?")) {
      throw Refusals.invalid(
          "The specified value for path is invalid. It must begin and end with / and contain only"
              + " alphanumeric characters and/or / characters.");
    }
    return path;
  }

  private static String lower(String member) {
    return Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }
}
