package dev.gatehouse.gateway.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells good tokens from bad ones, and remembers the good ones until they expire, their key goes or
 * their authorizer asks for something else. A clock that jumps is followed at once: a remembered
 * token is held against the time of day as a new one is.
 */
public final class Tokens {
  private static final long ISSUERS = 1_000;
  private static final long BYTES = 32L << 20;

  /** What is kept of a token, for each of its characters: itself, and its claims as texts. */
  private static final int WEIGHT = 4;

  private record Known(Demand demand, String token) {}

  private record Trusted(
      Verdict.Valid verdict,
      long fromMillis,
      long untilMillis,
      IssuerKeys keys,
      String keyId,
      RSAPublicKey key) {

    boolean holdsAt(long millis) {
      return fromMillis <= millis && millis < untilMillis && key.equals(keys.known(keyId));
    }
  }

  private final InstantSource clock;
  private final Function<String, IssuerKeys> unasked;
  private final Cache<String, IssuerKeys> issuers =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(ISSUERS).build();
  private final Cache<Known, Trusted> trusted;

  /**
   * Tokens.
   *
   * @param nanos nanoseconds of any origin, never going back
   * @param addresses where issuers are found that cannot be reached under their own name
   */
  public Tokens(InstantSource clock, LongSupplier nanos, Map<String, URI> addresses) {
    this.clock = clock;
    KeyFetch fetch = new KeyFetch(addresses);
    this.unasked = name -> new IssuerKeys(() -> fetch.fetch(name), nanos, Tokens::onThread);
    this.trusted =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .ticker(nanos::getAsLong)
            .expireAfter(Expiry.<Known, Trusted>creating((known, value) -> left(value)))
            .maximumWeight(BYTES)
            .weigher((Known known, Trusted value) -> WEIGHT * known.token().length())
            .build();
  }

  /** A thread of the system's: resolving a name would hold up one that carries virtual threads. */
  private static void onThread(Runnable work) {
    Thread.ofPlatform().daemon().name("issuer-keys").start(work);
  }

  private Duration left(Trusted value) {
    return Duration.ofMillis(Math.max(0, value.untilMillis() - clock.millis()));
  }

  /** What was found before, as far as it still holds; null where {@link #verify} must look. */
  public Verdict.@Nullable Valid remembered(Demand demand, String token) {
    Trusted found = trusted.getIfPresent(new Known(demand, token));
    return found != null && found.holdsAt(clock.millis()) ? found.verdict() : null;
  }

  /** Looks at a token. Blocks while an issuer must be asked. */
  public Verdict verify(Demand demand, String token) throws InterruptedException {
    return switch (SignedToken.read(token)) {
      case SignedToken.Flawed(String description) -> new Verdict.Invalid(description);
      case SignedToken.Read read -> verify(demand, token, read);
    };
  }

  private Verdict verify(Demand demand, String token, SignedToken.Read read)
      throws InterruptedException {
    IssuerKeys keys = issuers.get(demand.issuer(), unasked);
    Claims claims = Claims.read(read.payload());
    String flaw = flaw(demand, claims);
    return switch (keys.find(read.keyId(), flaw == null)) {
      case IssuerKeys.Down(String description) -> new Verdict.Invalid(description);
      case IssuerKeys.Unknown unknown ->
          new Verdict.Invalid("unable to find a signing key for the kid of the token");
      case IssuerKeys.Key(RSAPublicKey key) ->
          !read.isSignedBy(key)
              ? new Verdict.Invalid("the token signature is invalid")
              : claims == null || flaw != null
                  ? new Verdict.Invalid(Objects.requireNonNull(flaw))
                  : remember(new Known(demand, token), claims, keys, read.keyId(), key);
    };
  }

  private @Nullable String flaw(Demand demand, @Nullable Claims claims) {
    return claims == null ? "the token has no claims" : claims.flaw(demand, clock.millis());
  }

  private Verdict remember(
      Known known, Claims claims, IssuerKeys keys, String keyId, RSAPublicKey key) {
    Verdict.Valid valid = new Verdict.Valid(claims.texts(), claims.scopes());
    trusted.put(
        known, new Trusted(valid, claims.fromMillis(), claims.untilMillis(), keys, keyId, key));
    return valid;
  }
}
