package dev.gatehouse.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the secret that a signature was made with. */
@FunctionalInterface
public interface Credentials {

  /** The credential of that key id; a temporary one only together with its valid session token. */
  Optional<Credential> find(String accessKeyId, @Nullable String sessionToken);
}
