package dev.gatehouse.gateway.function;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The function that an AWS_PROXY integration's URI names (http-api.md 4.1 [C]). */
public final class FunctionUri {
  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:/]+(?::[^:/]+)?");
  private static final Pattern INVOKE_ARN =
      Pattern.compile("arn:[^:]+:apigateway:[^:]*:lambda:path/[^/]+/functions/(.+)/invocations");
  private static final Pattern STAGE_VARIABLE =
      Pattern.compile("\\$\\{stageVariables\\.([A-Za-z0-9_]+)}");

  private FunctionUri() {}

  /** The function's ARN with stage variables filled in; empty where the URI names no function. */
  public static Optional<String> functionArn(String uri, Map<String, String> stageVariables) {
    if (ARN.matcher(uri).matches()) {
      return Optional.of(uri);
    }
    Matcher invoke = INVOKE_ARN.matcher(uri);
    if (!invoke.matches()) {
      return Optional.empty();
    }
    String arn =
        STAGE_VARIABLE
            .matcher(invoke.group(1))
            .replaceAll(
                match -> Matcher.quoteReplacement(stageVariables.getOrDefault(match.group(1), "")));
    return Optional.of(arn);
  }
}
