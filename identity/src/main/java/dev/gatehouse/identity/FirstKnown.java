package dev.gatehouse.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks one source of credentials, then another. */
record FirstKnown(Credentials first, Credentials second) implements Credentials {
  @Override
  public Optional<Credential> find(String accessKeyId, @Nullable String sessionToken) {
    return first.find(accessKeyId, sessionToken).or(() -> second.find(accessKeyId, sessionToken));
  }

  @Override
  public Lookup lookup(String accessKeyId, @Nullable String sessionToken) {
    Lookup lookup = first.lookup(accessKeyId, sessionToken);
    return lookup instanceof Lookup.Unknown ? second.lookup(accessKeyId, sessionToken) : lookup;
  }
}
