package dev.gatehouse.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the secret that a signature was made with. */
@FunctionalInterface
public interface Credentials {

  /** The credential of that key id; a temporary one only together with its valid session token. */
  Optional<Credential> find(String accessKeyId, @Nullable String sessionToken);

  /** Like {@link #find}, and tells what is over from what never was. */
  default Lookup lookup(String accessKeyId, @Nullable String sessionToken) {
    return find(accessKeyId, sessionToken)
        .<Lookup>map(Lookup.Found::new)
        .orElseGet(Lookup.Unknown::new);
  }

  /** These credentials, and those others for keys that are unknown here. */
  default Credentials or(Credentials others) {
    return new FirstKnown(this, others);
  }

  /** What looking for a credential came to. */
  sealed interface Lookup {
    /** The key is good, and so is its token where it needs one. */
    record Found(Credential credential) implements Lookup {}

    /** No such key, or not with this token. */
    record Unknown() implements Lookup {}

    /** A temporary credential whose time is over. */
    record Expired() implements Lookup {}
  }
}
