package dev.gatehouse.gateway.spi;

import dev.gatehouse.identity.Caller;
import org.jspecify.annotations.Nullable;

/** In whose name a function is invoked. */
public sealed interface Rights {

  /** What stands for whoever calls the API in place of a role [C]. */
  String CALLERS = "arn:aws:iam::*:user/*";

  /** API Gateway's own: the function's resource policy must let it. */
  record Own() implements Rights {}

  /** A role's, which API Gateway assumes: the resource policy is not asked [C]. */
  record Role(String arn) implements Rights {}

  /** Those of whoever signed the request: their policies and the function's decide together. */
  record Signer(Caller caller) implements Rights {}

  /** Nobody's: the caller's are asked for, and the caller is not known [U]. */
  record Nobody() implements Rights {}

  /**
   * The rights for one invocation.
   *
   * @param role of the integration or authorizer; null where it names none
   * @param caller who signed the request; null where nobody had to
   */
  static Rights of(@Nullable String role, @Nullable Caller caller) {
    if (role == null) {
      return new Own();
    }
    if (!role.equals(CALLERS)) {
      return new Role(role);
    }
    return caller == null ? new Nobody() : new Signer(caller);
  }
}
