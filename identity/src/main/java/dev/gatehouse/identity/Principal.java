package dev.gatehouse.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who asks for access. */
public sealed interface Principal {

  /** An AWS service, such as {@code apigateway.amazonaws.com}. */
  record Service(String name) implements Principal {}

  /** An account as a whole: its 12 digits. */
  record Account(String id) implements Principal {}

  /**
   * A user or an assumed role, where its account as a whole does not stand for it.
   *
   * @param holder the ARN of the session's role with its path, else the same
   */
  record Itself(String arn, String holder) implements Principal {}

  /**
   * A user or an assumed role.
   *
   * @param holder the ARN of the session's role with its path, else the same
   */
  record Arn(String arn, String holder) implements Principal {
    private static final Pattern ASSUMED =
        Pattern.compile("arn:([^:]+):sts::([0-9]{12}):assumed-role/(.+)/[^/]+");

    /** One whose role has no path. */
    public Arn(String arn) {
      this(arn, roleOf(arn));
    }

    static String roleOf(String arn) {
      Matcher assumed = ASSUMED.matcher(arn);
      return assumed.matches()
          ? "arn:%s:iam::%s:role/%s".formatted(assumed.group(1), assumed.group(2), assumed.group(3))
          : arn;
    }
  }
}
