package dev.gatehouse.identity;

import dev.gatehouse.wire.sigv4.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A key for one purpose, which follows from the master secret. It is derived when it is first used:
 * the JDK's first HMAC looks into every jar, which no start should wait for.
 */
final class DerivedKey {
  private final byte[] master;
  private final String purpose;
  private volatile byte @Nullable [] derived;

  DerivedKey(byte[] master, String purpose) {
    this.master = master;
    this.purpose = purpose;
  }

  /** HMAC-SHA256 of a text under this key. */
  byte[] hmac(String text) {
    byte[] key = derived;
    if (key == null) {
      key = Sha256.hmac(master, purpose);
      derived = key;
    }
    return Sha256.hmac(key, text);
  }
}
