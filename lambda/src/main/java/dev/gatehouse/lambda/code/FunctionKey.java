package dev.gatehouse.lambda.code;

import dev.gatehouse.model.Scope;
import java.nio.file.Path;

/**
 * Which function. Its parts become parts of paths, so they are checked here once more.
 *
 * @param name letters, digits, {@code -} and {@code _}
 */
public record FunctionKey(Scope scope, String name) {
  public FunctionKey {
    if (!scope.account().matches("[0-9]{12}")
        || !scope.region().matches("[a-z0-9-]{1,40}")
        || !name.matches("[a-zA-Z0-9-_]{1,140}")) {
      throw new IllegalArgumentException("not a function: " + scope + " " + name);
    }
  }

  /** {@code arn:aws:lambda:…:function:…} without a qualifier. */
  public String arn() {
    return "arn:aws:lambda:" + scope.region() + ":" + scope.account() + ":function:" + name;
  }

  /** {@code account/region/name} below a directory. */
  public Path below(Path directory) {
    return directory.resolve(scope.account()).resolve(scope.region()).resolve(name);
  }
}
