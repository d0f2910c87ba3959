package dev.gatehouse.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of a role, good for some time, as functions get them.
 *
 * <p>Nothing is stored: a session token says what it stands for and is sealed with a key of ours,
 * and the secret follows from the token. So a URL presigned with them outlives a restart.
 */
public final class TemporaryCredentials implements Credentials {
  private static final String PREFIX = "ASIA";
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 16;
  private static final int SECRET_BYTES = 30;

  private final SessionTokens tokens;
  private final DerivedKey secretKey;
  private final InstantSource clock;
  private final RandomGenerator random;

  public TemporaryCredentials(MasterSecret master, InstantSource clock, RandomGenerator random) {
    this.tokens = new SessionTokens(master.derive("session-token"));
    this.secretKey = master.derive("secret-access-key");
    this.clock = clock;
    this.random = random;
  }

  /**
   * New credentials.
   *
   * @param account the 12 digits of the account that they act for
   * @param principalArn who they are: {@code arn:aws:sts::…:assumed-role/ROLE/SESSION}
   */
  public Credential mint(String account, String principalArn, Duration lifetime) {
    return mint(Identity.of(account, principalArn), lifetime);
  }

  /** New credentials of whomever, each of whose texts has one line. */
  public Credential mint(Identity identity, Duration lifetime) {
    StringBuilder id = new StringBuilder(PREFIX);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    String token =
        tokens.seal(
            new SessionTokens.Session(id.toString(), identity, clock.instant().plus(lifetime)));
    return credential(id.toString(), identity, token);
  }

  @Override
  public Optional<Credential> find(String accessKeyId, @Nullable String sessionToken) {
    return lookup(accessKeyId, sessionToken) instanceof Lookup.Found(Credential credential)
        ? Optional.of(credential)
        : Optional.empty();
  }

  @Override
  public Lookup lookup(String accessKeyId, @Nullable String sessionToken) {
    if (sessionToken == null || !accessKeyId.startsWith(PREFIX)) {
      return new Lookup.Unknown();
    }
    Optional<SessionTokens.Session> session =
        tokens.open(sessionToken).filter(s -> s.accessKeyId().equals(accessKeyId));
    if (session.isEmpty()) {
      return new Lookup.Unknown();
    }
    SessionTokens.Session found = session.get();
    return clock.instant().isBefore(found.expires())
        ? new Lookup.Found(credential(accessKeyId, found.identity(), sessionToken))
        : new Lookup.Expired();
  }

  private Credential credential(String id, Identity identity, String token) {
    byte[] secret = secretKey.hmac(token);
    byte[] shortened = Arrays.copyOf(secret, SECRET_BYTES);
    return new Credential(id, Base64.getEncoder().encodeToString(shortened), token, identity);
  }
}
