package dev.gatehouse.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a caller wants to do.
 *
 * @param action such as {@code execute-api:Invoke}
 * @param resource an ARN; {@code *} where the action is about no resource
 * @param context what the request tells, without what the caller's identity tells
 * @param policy of the resource; null where it has none
 */
public record Access(String action, String resource, Context context, @Nullable Policy policy) {

  /** Access to what has no policy of its own. */
  public Access(String action, String resource, Context context) {
    this(action, resource, context, null);
  }
}
