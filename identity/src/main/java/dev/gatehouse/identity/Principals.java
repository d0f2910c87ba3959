package dev.gatehouse.identity;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The principals that a statement speaks of.
 *
 * @param everyone {@code "*"}, or {@code {"AWS": "*"}}
 * @param aws account ids and ARNs
 * @param known false where the element is missing or names a kind that isn't known here
 */
record Principals(boolean everyone, Set<String> services, Set<String> aws, boolean known) {
  private static final Pattern ACCOUNT_OF = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:([0-9]{12}):.*");

  static final Principals EVERYONE = new Principals(true, Set.of(), Set.of(), true);

  static Principals read(JsonNode node) {
    if (node.isString() && node.asString().equals("*")) {
      return EVERYONE;
    }
    Set<String> services = new HashSet<>();
    Set<String> aws = new HashSet<>();
    boolean known = node.isObject();
    for (Map.Entry<String, JsonNode> kind : node.properties()) {
      switch (kind.getKey()) {
        case "Service" -> services.addAll(PolicyText.texts(kind.getValue()));
        case "AWS" -> aws.addAll(PolicyText.texts(kind.getValue()));
        default -> known = false;
      }
    }
    return new Principals(aws.contains("*"), services, aws, known);
  }

  Match match(Principal principal) {
    boolean named =
        everyone
            || switch (principal) {
              case Principal.Service(String name) -> services.contains(name);
              case Principal.Account(String id) -> namesAccount(id);
              case Principal.Itself(String arn, String holder) ->
                  aws.contains(arn) || aws.contains(holder);
              case Principal.Arn(String arn, String holder) -> namesArn(arn, holder);
            };
    return named || known ? Match.of(named) : Match.UNKNOWN;
  }

  private boolean namesAccount(String id) {
    return aws.contains(id) || aws.contains(AccessKeys.root(id));
  }

  /** By itself, by its role, or by its account as a whole. */
  private boolean namesArn(String arn, String holder) {
    Matcher account = ACCOUNT_OF.matcher(arn);
    return aws.contains(arn)
        || aws.contains(holder)
        || (account.matches() && namesAccount(account.group(1)));
  }
}
