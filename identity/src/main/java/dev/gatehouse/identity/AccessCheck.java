package dev.gatehouse.identity;

import dev.gatehouse.wire.ServiceException;

/** Lets a service's calls go on only for callers that may make them. */
@FunctionalInterface
public interface AccessCheck {

  /**
   * Everyone may do everything: control calls where {@code auth} is {@code open}. A class, since
   * the JVM would have to make one for a lambda at each start.
   */
  record Open() implements AccessCheck {
    @Override
    public void require(Caller caller, Access access) {}
  }

  /**
   * Returns where the caller may do it.
   *
   * @throws ServiceException with AWS's text where it may not
   */
  void require(Caller caller, Access access);

  /** The same for what has no policy of its own. */
  default void require(Caller caller, String action, String resource, Context context) {
    require(caller, new Access(action, resource, context));
  }

  /** The same where nothing else is known. */
  default void require(Caller caller, String action, String resource) {
    require(caller, action, resource, Context.nothing());
  }

  /** Decides by the caller's policies, and the resource's. */
  static AccessCheck by(Permissions permissions) {
    return (caller, access) -> {
      if (permissions.decide(caller, access) instanceof Permission.Denied(String message)) {
        throw new ServiceException(403, "AccessDeniedException", message);
      }
    };
  }
}
