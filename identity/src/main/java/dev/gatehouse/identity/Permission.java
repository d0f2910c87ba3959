package dev.gatehouse.identity;

/** Whether a caller may do something. */
public sealed interface Permission {

  /** It may. */
  record Allowed() implements Permission {}

  /**
   * It may not.
   *
   * @param message AWS's text, which names the caller, the action and the resource
   */
  record Denied(String message) implements Permission {}
}
