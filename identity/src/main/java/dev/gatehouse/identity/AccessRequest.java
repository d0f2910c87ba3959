package dev.gatehouse.identity;

import java.util.Map;

/**
 * One question to a policy.
 *
 * @param action {@code service:Operation}, such as {@code lambda:InvokeFunction}
 * @param resource the ARN of what is asked for
 */
public record AccessRequest(Principal principal, String action, String resource, Context context) {

  /** The same with condition keys that have one value each. */
  public AccessRequest(
      Principal principal, String action, String resource, Map<String, String> context) {
    this(principal, action, resource, Context.of(context));
  }
}
