package dev.gatehouse.gateway.jwt;

import java.security.interfaces.RSAPublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, kept. They are renewed every hour behind the back of the requests, which
 * go on with what is known; an issuer that is down leaves its keys in force. An unknown key id
 * makes it ask again, at most once a minute, so that no flood of bad tokens becomes a flood of
 * fetches (http-api.md 9.1 [U]). However many wait, the issuer is asked once.
 */
final class IssuerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
  private static final long SECOND = 1_000_000_000L;

  /** Ours: when known keys are asked for anew. */
  private static final long FRESH = 3_600 * SECOND;

  /** AWS keeps keys for up to two hours [C]: after that long without a try, requests wait. */
  private static final long LONGEST = 7_200 * SECOND;

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

  /** Asks the issuer; blocks, for a bounded time. */
  @FunctionalInterface
  interface Fetch {
    Keys fetch() throws InterruptedException;
  }

  /**
   * What is known.
   *
   * @param keys null where the issuer never answered
   * @param failure why the last try failed; null where it did not
   * @param tried when the issuer was last asked
   * @param due when it is to be asked next, if there are requests
   */
  private record State(
      @Nullable Map<String, RSAPublicKey> keys, @Nullable String failure, long tried, long due) {}

  private final Fetch fetch;
  private final LongSupplier nanos;
  private final Executor threads;
  private volatile State state;
  private @Nullable CompletableFuture<Void> asking;
  private long askAgain;

  /**
   * Keys of which nothing is known yet.
   *
   * @param threads where the issuer is asked
   */
  IssuerKeys(Fetch fetch, LongSupplier nanos, Executor threads) {
    this.fetch = fetch;
    this.nanos = nanos;
    this.threads = threads;
    long now = nanos.getAsLong();
    this.state = new State(null, null, now, now);
    this.askAgain = now;
  }

  /** The key that is known; never waits. Null where {@link #find} may know more. */
  @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for keys to be renewed
  @Nullable RSAPublicKey known(String id) {
    State now = state;
    long time = nanos.getAsLong();
    if (now.keys() == null || time - now.tried() >= LONGEST) {
      return null;
    }
    if (time - now.due() >= 0) {
      ask(id, false);
    }
    return now.keys().get(id);
  }

  /**
   * The key, asking the issuer where that may help. Blocks while it is asked.
   *
   * @param plausible whether the token is worth asking for a key that is unknown: one that is good
   *     for nothing must not use up what a rotated key may need
   */
  Lookup find(String id, boolean plausible) throws InterruptedException {
    RSAPublicKey key = known(id);
    if (key != null) {
      return new Key(key);
    }
    CompletableFuture<Void> asked = ask(id, plausible);
    if (asked != null) {
      await(asked);
    }
    return lookup(id);
  }

  private static void await(CompletableFuture<Void> asked) throws InterruptedException {
    try {
      asked.get();
    } catch (ExecutionException never) {
      throw new IllegalStateException(never); // it is only ever completed
    }
  }

  private Lookup lookup(String id) {
    State now = state;
    if (now.keys() != null) {
      RSAPublicKey key = now.keys().get(id);
      return key == null ? new Unknown() : new Key(key);
    }
    return new Down(now.failure() == null ? Keys.NO_DISCOVERY : now.failure());
  }

  /** Has the issuer asked where that is due; null where it is not. */
  private synchronized @Nullable CompletableFuture<Void> ask(String id, boolean plausible) {
    if (asking != null) {
      return asking;
    }
    State now = state;
    long time = nanos.getAsLong();
    boolean missing = plausible && now.keys() != null && !now.keys().containsKey(id);
    if (time - now.due() < 0 && !(missing && time - askAgain >= 0)) {
      return null;
    }
    if (missing) {
      askAgain = time + AGAIN;
    }
    CompletableFuture<Void> asked = new CompletableFuture<>();
    asking = asked;
    threads.execute(() -> settle(asked));
    return asked;
  }

  private void settle(CompletableFuture<Void> asked) {
    Keys answer = answer();
    synchronized (this) {
      state = after(answer);
      asking = null;
    }
    asked.complete(null);
  }

  private Keys answer() {
    try {
      return fetch.fetch();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Keys.Unreachable(Keys.NO_DISCOVERY);
    } catch (RuntimeException broken) {
      LOG.warn("Asking an issuer for its keys failed", broken);
      return new Keys.Unreachable(Keys.NO_KEYS);
    }
  }

  private State after(Keys answer) {
    Map<String, RSAPublicKey> before = state.keys();
    long time = nanos.getAsLong();
    return switch (answer) {
      case Keys.Found(Map<String, RSAPublicKey> fresh) ->
          new State(before == null ? fresh : same(before, fresh), null, time, time + FRESH);
      case Keys.Unreachable(String description) ->
          new State(before, description, time, time + (before == null ? PEACE : AGAIN));
    };
  }

  /** A key that stays is the same object, so that comparing costs nothing. */
  private static Map<String, RSAPublicKey> same(
      Map<String, RSAPublicKey> before, Map<String, RSAPublicKey> fresh) {
    Map<String, RSAPublicKey> same = new HashMap<>();
    fresh.forEach((id, key) -> {
      RSAPublicKey old = before.get(id);
      same.put(id, key.equals(old) ? old : key);
    });
    return Map.copyOf(same);
  }
}
