package dev.gatehouse.control;

import dev.gatehouse.model.Scope;
import dev.gatehouse.store.View;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of an account and region, which v1 keeps (control-plane.md section 14 [C/L]): the
 * role under which WebSocket APIs log.
 */
final class Accounts {
  private static final String ID = "account";
  private static final String ROLE = "cloudwatchRoleArn";
  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/\\S+");

  private final Desk desk;

  Accounts(Desk desk) {
    this.desk = desk;
  }

  static boolean hasLoggingRole(View view, Scope scope) {
    return drawer(scope).find(view, ID).filter(account -> account.has(ROLE)).isPresent();
  }

  ObjectNode get(Call call) {
    return present(stored(desk.store().head(), call.scope()));
  }

  ObjectNode update(Call call) {
    return desk.store()
        .write(tx -> {
          ObjectNode account = stored(tx, call.scope());
          for (JsonNode operation : call.given().path("patchOperations")) {
            patch(account, operation);
          }
          drawer(call.scope()).save(tx, account);
          return present(account);
        });
  }

  /** Takes {@code replace}, {@code add} and {@code remove} of the role; an empty one removes it. */
  private static void patch(ObjectNode account, JsonNode operation) {
    String path = operation.get("path").stringValue();
    if (!path.equals("/" + ROLE)) {
      throw OwnRefusals.invalidPatchPath(path, Set.of("/" + ROLE));
    }
    String role = operation.path("value").asString("");
    if (operation.get("op").stringValue().equals("remove") || role.isEmpty()) {
      account.remove(ROLE);
    } else if (ARN.matcher(role).matches()) {
      account.put(ROLE, role);
    } else {
      throw OwnRefusals.invalid(ROLE, "it is the ARN of a role");
    }
  }

  private static ObjectNode stored(View view, Scope scope) {
    return drawer(scope)
        .find(view, ID)
        .orElseGet(() -> Desk.object().put(Kind.ACCOUNT.idMember(), ID));
  }

  private static ObjectNode present(ObjectNode account) {
    ObjectNode answer = account.deepCopy();
    answer.put("apiKeyVersion", "4").putArray("features").add("UsagePlans");
    answer.putObject("throttleSettings").put("burstLimit", 5000).put("rateLimit", 10_000.0);
    return answer;
  }

  private static Drawer drawer(Scope scope) {
    return Kind.ACCOUNT.below(scope, "");
  }
}
