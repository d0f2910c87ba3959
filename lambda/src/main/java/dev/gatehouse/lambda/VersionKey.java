package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;

/**
 * Which version of which function.
 *
 * @param version {@code $LATEST} or a number
 */
record VersionKey(FunctionKey function, String version) {
  static VersionKey of(FunctionKey function, FunctionDefinition definition) {
    return new VersionKey(function, definition.version());
  }

  /** {@code arn:aws:lambda:…:function:NAME:VERSION}. */
  String arn() {
    return function.arn() + ":" + version;
  }
}
