package dev.gatehouse.cli.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The function that an integration's or authorizer's URI names.
 *
 * @param arn with its version or alias
 */
record FunctionUri(
    String arn, String partition, String region, String account, String name, String qualifier) {
  private static final Pattern ARN =
      Pattern.compile(
          "(arn:(aws[a-z-]*):lambda:([a-z0-9-]+):(\\d{12}):function:([A-Za-z0-9_-]+)(?::([^:/]+))?)");

  static Optional<FunctionUri> in(String uri) {
    Matcher found = ARN.matcher(uri);
    return found.find()
        ? Optional.of(
            new FunctionUri(
                found.group(1),
                found.group(2),
                found.group(3),
                found.group(4),
                found.group(5),
                found.group(6) == null ? "" : found.group(6)))
        : Optional.empty();
  }
}
