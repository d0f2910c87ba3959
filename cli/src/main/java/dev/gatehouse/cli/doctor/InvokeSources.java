package dev.gatehouse.cli.doctor;

import dev.gatehouse.client.FunctionArn;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From where API Gateway may invoke a function, by the function's policy.
 *
 * @param patterns of source ARNs; {@code *} where a statement has no condition
 */
record InvokeSources(List<String> patterns) {
  private static final JsonMapper JSON = new JsonMapper();

  static InvokeSources of(LambdaClient lambda, FunctionArn function) {
    try {
      return read(JSON.readTree(lambda.getPolicy(r -> r.functionName(function.arn())).policy()));
    } catch (ResourceNotFoundException none) {
      return new InvokeSources(List.of());
    }
  }

  private static InvokeSources read(JsonNode policy) {
    List<String> patterns = new ArrayList<>();
    for (JsonNode each : policy.path("Statement")) {
      JsonNode principal = each.path("Principal");
      boolean gateway =
          principal.path("Service").asString("").equals("apigateway.amazonaws.com")
              || principal.asString("").equals("*");
      if (gateway && each.path("Effect").asString("").equals("Allow")) {
        JsonNode condition = each.path("Condition").path("ArnLike");
        String source =
            condition.path("AWS:SourceArn").asString(condition.path("aws:SourceArn").asString("*"));
        patterns.add(source);
      }
    }
    return new InvokeSources(patterns);
  }

  boolean allow(String arn) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, arn));
  }

  private static boolean matches(String pattern, String arn) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return arn.matches(regex);
  }
}
