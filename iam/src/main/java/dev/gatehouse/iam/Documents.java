package dev.gatehouse.iam;

import dev.gatehouse.identity.Policy;
import java.util.function.Function;

/** Policy documents as callers give them. */
final class Documents {
  private Documents() {}

  /** A document of a policy that principals hold. */
  static String held(String document, int most) {
    return checked(document, most, Policy::parseHeld);
  }

  /** A document that says who may assume a role. */
  static String trust(String document) {
    return checked(document, 2_048, Policy::parseTrust);
  }

  private static String checked(String document, int most, Function<String, Policy> parse) {
    if (document.replaceAll("\\s", "").length() > most) {
      throw Refusals.limit("PolicySize", most);
    }
    try {
      if (!parse.apply(document).isComplete()) {
        throw Refusals.malformed("Syntax errors in policy.");
      }
      return document;
    } catch (IllegalArgumentException none) {
      throw Refusals.malformed(
          "This policy contains invalid Json or elements: " + none.getMessage());
    }
  }
}
