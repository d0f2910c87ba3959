package dev.gatehouse.identity;

import dev.gatehouse.wire.ServiceException;

/** Lets a service's calls go on only for callers that may make them. */
@FunctionalInterface
public interface AccessCheck {

  /** Everyone may do everything: control calls where {@code auth} is {@code open}. */
  AccessCheck OPEN = (caller, action, resource, context) -> {};

  /**
   * Returns where the caller may do it.
   *
   * @param action such as {@code lambda:CreateFunction}
   * @param resource an ARN; {@code *} where the action is about no resource
   * @throws ServiceException with AWS's text where it may not
   */
  void require(Caller caller, String action, String resource, Context context);

  /** The same where nothing else is known. */
  default void require(Caller caller, String action, String resource) {
    require(caller, action, resource, Context.nothing());
  }

  /** Decides by the caller's policies. */
  static AccessCheck by(Permissions permissions) {
    return (caller, action, resource, context) -> {
      if (permissions.decide(caller, action, resource, context)
          instanceof Permission.Denied(String message)) {
        throw new ServiceException(403, "AccessDeniedException", message);
      }
    };
  }
}
