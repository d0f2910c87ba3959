package dev.gatehouse.lambda;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer, or one of its versions. Its key is that of its archives.
 *
 * @param version 0 where none is named
 */
record LayerName(FunctionKey key, int version) {
  private static final String REGEX =
      "(arn:aws[a-zA-Z-]*:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+";
  private static final String VERSION_ARN =
      "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,140}");
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:lambda:([a-z0-9-]{1,40}):([0-9]{12}):layer:([a-zA-Z0-9-_]{1,140})"
              + "(?::([0-9]{1,9}))?");

  /** Reads the ARN of a layer version. */
  static LayerName ofVersion(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches() || parts.group(4) == null) {
      throw Errors.constraint(
          "'[" + arn + "]'",
          "layers",
          "Member must satisfy constraint: [Member must satisfy regular expression pattern: "
              + VERSION_ARN
              + "]");
    }
    return of(parts);
  }

  /** Reads the ARN of a layer version that a call asks for. */
  static LayerName ofArn(String arn) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches() || parts.group(4) == null) {
      throw Errors.constraint(
          "'" + arn + "'", "arn", "Member must satisfy regular expression pattern: " + VERSION_ARN);
    }
    return of(parts);
  }

  /** Reads what a call's path names: a name or the ARN of a layer. */
  static LayerName of(Caller caller, String text) {
    Matcher parts = ARN.matcher(text);
    if (parts.matches()) {
      return of(parts);
    }
    if (!NAME.matcher(text).matches()) {
      throw Errors.constraint(
          "'" + text + "'",
          "layerName",
          "Member must satisfy regular expression pattern: " + REGEX);
    }
    return new LayerName(new FunctionKey(caller.scope(), text), 0);
  }

  private static LayerName of(Matcher parts) {
    Scope scope = new Scope(parts.group(2), parts.group(1));
    int version = parts.group(4) == null ? 0 : Integer.parseInt(parts.group(4));
    return new LayerName(new FunctionKey(scope, parts.group(3)), version);
  }

  /** {@code arn:aws:lambda:…:layer:NAME}. */
  String arn() {
    Scope scope = key.scope();
    return "arn:aws:lambda:" + scope.region() + ":" + scope.account() + ":layer:" + key.name();
  }

  /** {@code arn:aws:lambda:…:layer:NAME:VERSION}. */
  String versionArn() {
    return arn() + ":" + version;
  }

  LayerName at(int other) {
    return new LayerName(key, other);
  }
}
