package dev.gatehouse.gateway.jwt;

import java.security.interfaces.RSAPublicKey;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer, kept. An unknown key id makes it ask again, at most once a minute, so
 * that no flood of bad tokens becomes a flood of fetches (http-api.md 9.1 [U]); an issuer that is
 * down leaves the keys that are known in force.
 */
final class IssuerKeys {
  private static final long SECOND = 1_000_000_000L;

  /** AWS keeps keys for up to two hours [C]. */
  private static final long FRESH = 3_600 * SECOND;

  private static final long AGAIN = 60 * SECOND;

  /** Ours: how long an issuer that never answered is left in peace. */
  private static final long PEACE = SECOND;

  /** What there is for a key id. */
  sealed interface Lookup {}

  /** The key. */
  record Key(RSAPublicKey key) implements Lookup {}

  /** The issuer has no such key. */
  record Unknown() implements Lookup {}

  /** The issuer could not be asked, and never before. */
  record Down(String description) implements Lookup {}

  /** Asks the issuer. */
  @FunctionalInterface
  interface Fetch {
    Keys fetch() throws InterruptedException;
  }

  private final Fetch fetch;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Keys.@Nullable Found found;
  private Keys.@Nullable Unreachable failure;
  private volatile long due;
  private long askAgain;

  IssuerKeys(Fetch fetch, LongSupplier nanos) {
    this.fetch = fetch;
    this.nanos = nanos;
    long now = nanos.getAsLong();
    this.due = now;
    this.askAgain = now;
  }

  /** The key that is known; never waits. */
  @Nullable RSAPublicKey known(String id) {
    Keys.Found current = found;
    return current == null || nanos.getAsLong() - due >= 0 ? null : current.byId().get(id);
  }

  /** The key, asking the issuer where that may help. Blocks. */
  Lookup find(String id) throws InterruptedException {
    RSAPublicKey key = known(id);
    if (key != null) {
      return new Key(key);
    }
    lock.lockInterruptibly();
    try {
      refresh(id);
      return lookup(id);
    } finally {
      lock.unlock();
    }
  }

  private Lookup lookup(String id) {
    Keys.Found current = found;
    if (current != null) {
      RSAPublicKey key = current.byId().get(id);
      return key == null ? new Unknown() : new Key(key);
    }
    Keys.Unreachable why = failure;
    return new Down(why == null ? "JWKS communication error" : why.description());
  }

  private void refresh(String id) throws InterruptedException {
    long now = nanos.getAsLong();
    Keys.Found current = found;
    boolean stale = now - due >= 0;
    boolean missing = current != null && !current.byId().containsKey(id);
    if (!stale && !(missing && now - askAgain >= 0)) {
      return;
    }
    if (missing) {
      askAgain = now + AGAIN;
    }
    switch (fetch.fetch()) {
      case Keys.Found fresh -> {
        found = fresh;
        failure = null;
        due = nanos.getAsLong() + FRESH;
      }
      case Keys.Unreachable why -> {
        failure = why;
        due = nanos.getAsLong() + (current == null ? PEACE : AGAIN);
      }
    }
  }
}
