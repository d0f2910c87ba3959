package dev.gatehouse.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a function in its parts.
 *
 * @param qualifier a version or alias; null for none
 */
record FunctionArn(
    String partition, String region, String account, String name, @Nullable String qualifier) {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:(aws[a-z-]*):lambda:([a-z0-9-]+):(\\d{12}):function:([A-Za-z0-9_-]+)(?::([^:/]+))?");
  private static final String INVOCATIONS = ":lambda:path/2015-03-31/functions/";

  /** Reads either form of an integration's or authorizer's URI; empty for what is no function. */
  static Optional<FunctionArn> in(@Nullable String uri) {
    if (uri == null) {
      return Optional.empty();
    }
    int path = uri.indexOf(INVOCATIONS);
    String arn =
        path < 0
            ? uri
            : uri.substring(path + INVOCATIONS.length()).replaceFirst("/invocations$", "");
    Matcher matcher = ARN.matcher(arn);
    return matcher.matches()
        ? Optional.of(
            new FunctionArn(
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5)))
        : Optional.empty();
  }

  /** The form that WebSocket APIs and authorizers take. */
  static String invocations(String arn) {
    Optional<FunctionArn> function = in(arn);
    String partition = function.map(FunctionArn::partition).orElse("aws");
    String region = arn.split(":", -1).length > 3 ? arn.split(":", -1)[3] : "";
    return "arn:" + partition + ":apigateway:" + region + INVOCATIONS + arn + "/invocations";
  }

  /** The ARN without a version or alias. */
  String unqualified() {
    return "arn:" + partition + ":lambda:" + region + ":" + account + ":function:" + name;
  }
}
