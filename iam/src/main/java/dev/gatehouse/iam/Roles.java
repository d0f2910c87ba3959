package dev.gatehouse.iam;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What only roles have. */
final class Roles {
  static final String TRUST = "AssumeRolePolicyDocument";
  static final String LONGEST = "MaxSessionDuration";
  static final int USUAL_SECONDS = 3_600;
  private static final int MOST_SECONDS = 43_200;

  private final Holders holders;

  Roles(Holders holders) {
    this.holders = holders;
  }

  ObjectNode create(Call call) {
    String trust = Documents.trust(call.input().need(TRUST));
    return holders.create(
        call,
        body -> {
          body.put(TRUST, trust);
          call.input()
              .find("Description")
              .ifPresent(text -> body.put("Description", description(text)));
          body.put(LONGEST, longest(call));
          boundary(call, body);
        });
  }

  /** An empty result, as AWS has it [C]. */
  ObjectNode update(Call call) {
    holders.change(
        call,
        body -> {
          call.input()
              .find("Description")
              .ifPresent(text -> body.put("Description", description(text)));
          if (call.input().has(LONGEST)) {
            body.put(LONGEST, longest(call));
          }
          return body;
        });
    return Trees.object();
  }

  @Nullable ObjectNode updateTrust(Call call) {
    String trust = Documents.trust(call.input().need("PolicyDocument"));
    return holders.change(call, body -> body.put(TRUST, trust));
  }

  /** A role's boundary is not built; whoever sets one must not think that it holds. */
  static void boundary(Call call, ObjectNode body) {
    if (call.input().has("PermissionsBoundary")) {
      throw Refusals.notBuilt("PermissionsBoundary");
    }
  }

  private static String description(String text) {
    if (text.length() > 1_000) {
      throw Refusals.invalid("A description has 1000 characters at most");
    }
    return text;
  }

  private static int longest(Call call) {
    String text = call.input().find(LONGEST).orElse("" + USUAL_SECONDS);
    int seconds = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    if (seconds < USUAL_SECONDS || seconds > MOST_SECONDS) {
      throw Refusals.invalid(
          "MaxSessionDuration is a number of seconds from %d to %d"
              .formatted(USUAL_SECONDS, MOST_SECONDS));
    }
    return seconds;
  }
}
