package dev.gatehouse.lambda;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.ServiceException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What calls name a function by: its name, {@code account:function:name}, or its ARN, each with
 * {@code :qualifier} or without.
 *
 * @param qualifier empty where there is none
 */
record FunctionName(FunctionKey key, String qualifier) {
  static final String LATEST = "$LATEST";

  private static final int MAX_LENGTH = 140;
  private static final int MAX_QUALIFIER = 128;
  private static final String QUALIFIER = "(|[a-zA-Z0-9$_-]+)";
  private static final String REGEX =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?"
          + "(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";
  private static final Pattern PATTERN = Pattern.compile(REGEX);
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:([a-z0-9-]{1,40}):([0-9]{12}):function:([a-zA-Z0-9-_]{1,140})"
              + "(?::(\\$LATEST|[a-zA-Z0-9-_]{1,128}))?");

  /** The ARN with the qualifier. */
  String arn() {
    return qualifier.isEmpty() ? key.arn() : key.arn() + ":" + qualifier;
  }

  /** Reads a full ARN. */
  static Optional<FunctionName> ofArn(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String qualifier = parts.group(4);
    return Optional.of(
        new FunctionName(
            new FunctionKey(new Scope(parts.group(2), parts.group(1)), parts.group(3)),
            qualifier == null ? "" : qualifier));
  }

  /**
   * Reads what a call names. Functions of another account are there to be invoked only.
   *
   * @param query the Qualifier of the query, where there is one
   * @throws ServiceException where it is malformed, of another region or of another account
   */
  static FunctionName of(Caller caller, String operation, String text, @Nullable String query) {
    Matcher parts = PATTERN.matcher(text);
    if (text.length() > MAX_LENGTH) {
      throw Errors.constraint(
          "'" + text + "'",
          "functionName",
          "Member must have length less than or equal to " + MAX_LENGTH);
    }
    checkQualifier(query);
    if (!parts.matches()) {
      throw Errors.constraint(
          "'" + text + "'",
          "functionName",
          "Member must satisfy regular expression pattern: " + REGEX);
    }
    checkRegion(caller, parts.group(3));
    Scope scope = scope(caller, parts.group(8));
    FunctionKey key = new FunctionKey(scope, parts.group(10));
    if (!scope.equals(caller.scope()) && !Call.invokes(operation)) {
      throw Errors.notShared(caller, "lambda:" + operation, key.arn());
    }
    String own = parts.group(12) == null ? "" : parts.group(12);
    if (query != null && !own.isEmpty() && !query.equals(own)) {
      throw Errors.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    return new FunctionName(key, query == null ? own : query);
  }

  private static void checkQualifier(@Nullable String qualifier) {
    if (qualifier != null && !qualifier.matches(QUALIFIER)) {
      throw Errors.constraint(
          "'" + qualifier + "'",
          "qualifier",
          "Member must satisfy regular expression pattern: " + QUALIFIER);
    }
    if (qualifier != null && qualifier.length() > MAX_QUALIFIER) {
      throw Errors.constraint(
          "'" + qualifier + "'",
          "qualifier",
          "Member must have length less than or equal to " + MAX_QUALIFIER);
    }
  }

  private static Scope scope(Caller caller, @Nullable String account) {
    return account == null
        ? caller.scope()
        : new Scope(account.substring(0, account.length() - 1), caller.scope().region());
  }

  private static void checkRegion(Caller caller, @Nullable String region) {
    if (region != null && !region.equals(caller.scope().region() + ":")) {
      throw Errors.notFound(
          "Functions from '"
              + region.substring(0, region.length() - 1)
              + "' are not reachable in this region ('"
              + caller.scope().region()
              + "')");
    }
  }
}
