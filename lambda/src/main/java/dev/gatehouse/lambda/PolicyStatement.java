package dev.gatehouse.lambda;

import dev.gatehouse.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/** Makes a statement of a resource policy from what AddPermission is given (15 [C]). */
final class PolicyStatement {
  private static final String ARN =
      "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:"
          + "([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)";

  private PolicyStatement() {}

  static ObjectNode of(Input input, String resource) {
    String id = input.required("StatementId", "([a-zA-Z0-9-_]{1,100})");
    String action = input.required("Action", "(lambda:[*]|lambda:[a-zA-Z]+|[*])");
    String principal = input.required("Principal", "[^\\s]+");
    ObjectNode statement = Json.mapper().createObjectNode();
    statement.put("Sid", id).put("Effect", "Allow");
    putPrincipal(statement, principal);
    statement.put("Action", action).put("Resource", resource);
    ObjectNode condition = condition(input);
    if (!condition.isEmpty()) {
      statement.set("Condition", condition);
    }
    return statement;
  }

  private static void putPrincipal(ObjectNode statement, String principal) {
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else if (principal.matches("\\d{12}")) {
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
    } else if (principal.matches("arn:aws[a-z-]*:(iam|sts)::\\d{12}:.+")) {
      statement.putObject("Principal").put("AWS", principal);
    } else if (principal.matches("[a-z0-9.-]+\\.amazonaws\\.com")) {
      statement.putObject("Principal").put("Service", principal);
    } else {
      throw Errors.invalid(
          "The provided principal was invalid. Please check the principal and try again.");
    }
  }

  private static ObjectNode condition(Input input) {
    ObjectNode equal = Json.mapper().createObjectNode();
    input.text("SourceAccount", "\\d{12}").ifPresent(it -> equal.put("AWS:SourceAccount", it));
    input
        .text("EventSourceToken", "[a-zA-Z0-9._\\-]{0,256}")
        .ifPresent(it -> equal.put("lambda:EventSourceToken", it));
    input
        .text("PrincipalOrgID", "o-[a-z0-9]{10,32}")
        .ifPresent(it -> equal.put("aws:PrincipalOrgID", it));
    input
        .choice("FunctionUrlAuthType", "NONE", "AWS_IAM")
        .ifPresent(it -> equal.put("lambda:FunctionUrlAuthType", it));
    ObjectNode condition = Json.mapper().createObjectNode();
    if (!equal.isEmpty()) {
      condition.set("StringEquals", equal);
    }
    if (input.json().path("InvokedViaFunctionUrl").isBoolean()) {
      condition
          .putObject("Bool")
          .put(
              "lambda:InvokedViaFunctionUrl",
              input.json().path("InvokedViaFunctionUrl").asString());
    }
    input
        .text("SourceArn", ARN)
        .ifPresent(arn -> condition.putObject("ArnLike").put("AWS:SourceArn", arn));
    return condition;
  }
}
