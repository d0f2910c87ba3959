package dev.gatehouse.gateway.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells good tokens from bad ones, and remembers the good ones until they expire, their key goes or
 * their authorizer changes.
 */
public final class Tokens implements AutoCloseable {
  private static final long ISSUERS = 1_000;
  private static final long CHARACTERS = 16L << 20;

  private record Known(Demand demand, String token) {}

  private record Trusted(
      Verdict.Valid verdict, long expiresMillis, String keyId, RSAPublicKey key) {}

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final KeyFetch fetch;
  private final Cache<String, IssuerKeys> issuers =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(ISSUERS).build();
  private final Cache<Known, Trusted> trusted =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(CHARACTERS)
          .weigher((Known known, Trusted value) -> 4 * known.token().length())
          .build();

  /**
   * Tokens.
   *
   * @param nanos nanoseconds of any origin, never going back
   * @param addresses where issuers are found that cannot be reached under their own name
   */
  public Tokens(InstantSource clock, LongSupplier nanos, Map<String, URI> addresses) {
    this.clock = clock;
    this.nanos = nanos;
    this.fetch = new KeyFetch(addresses);
  }

  /** What was found before, as far as it still holds; null where {@link #verify} must look. */
  public Verdict.@Nullable Valid remembered(Demand demand, String token) {
    Known known = new Known(demand, token);
    Trusted found = trusted.getIfPresent(known);
    if (found == null) {
      return null;
    }
    IssuerKeys keys = issuers.getIfPresent(demand.issuer());
    boolean holds =
        found.expiresMillis() > clock.millis()
            && keys != null
            && found.key().equals(keys.known(found.keyId()));
    if (!holds) {
      trusted.invalidate(known);
    }
    return holds ? found.verdict() : null;
  }

  /** Looks at a token. Blocks while an issuer must be asked. */
  public Verdict verify(Demand demand, String token) throws InterruptedException {
    switch (SignedToken.read(token)) {
      case SignedToken.Flawed(String description) -> {
        return new Verdict.Invalid(description);
      }
      case SignedToken.Read read -> {
        return verify(demand, token, read);
      }
    }
  }

  private Verdict verify(Demand demand, String token, SignedToken.Read read)
      throws InterruptedException {
    return switch (keys(demand.issuer()).find(read.keyId())) {
      case IssuerKeys.Down(String description) -> new Verdict.Invalid(description);
      case IssuerKeys.Unknown unknown ->
          new Verdict.Invalid("unable to find a signing key for the kid of the token");
      case IssuerKeys.Key(RSAPublicKey key) ->
          read.isSignedBy(key)
              ? judge(demand, token, read, key)
              : new Verdict.Invalid("the token signature is invalid");
    };
  }

  private Verdict judge(Demand demand, String token, SignedToken.Read read, RSAPublicKey key) {
    Claims claims = Claims.read(read.payload());
    if (claims == null) {
      return new Verdict.Invalid("the token has no claims");
    }
    String flaw = claims.flaw(demand, clock.millis());
    if (flaw != null) {
      return new Verdict.Invalid(flaw);
    }
    List<String> scopes = claims.scopes();
    Verdict.Valid valid = new Verdict.Valid(claims.texts(), scopes);
    trusted.put(
        new Known(demand, token), new Trusted(valid, claims.expiresMillis(), read.keyId(), key));
    return valid;
  }

  private IssuerKeys keys(String issuer) {
    return issuers.get(issuer, name -> new IssuerKeys(() -> fetch.fetch(name), nanos));
  }

  @Override
  public void close() {
    fetch.close();
  }
}
