package dev.gatehouse.lambda;

import dev.gatehouse.identity.Credential;
import java.time.Duration;

/** Makes the temporary credentials that a function's process gets for its role. */
@FunctionalInterface
public interface RoleCredentials {

  /**
   * New credentials.
   *
   * @param account of the role
   * @param principalArn {@code arn:aws:sts::…:assumed-role/ROLE/FUNCTION}
   */
  Credential mint(String account, String principalArn, Duration lifetime);
}
