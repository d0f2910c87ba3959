package dev.gatehouse.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Long-lived keys: those of the configuration, and the well-known ones of local AWS tooling where
 * the server is open. Immutable.
 */
public final class AccessKeys implements Credentials {
  /** The account of everyone who names none. */
  public static final String DEFAULT_ACCOUNT = "000000000000";

  private static final String WELL_KNOWN = "test";
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

  private final boolean open;
  private final Map<String, Credential> configured;

  /**
   * @param open whether {@code test}/{@code test} exists, and any 12 digits as the key of that
   *     account, both with the secret {@code test}
   * @param configured the keys of the configuration; they go before the well-known ones
   */
  public AccessKeys(boolean open, List<Credential> configured) {
    this.open = open;
    Map<String, Credential> byId = new HashMap<>();
    for (Credential credential : configured) {
      if (byId.put(credential.accessKeyId(), credential) != null) {
        throw new IllegalArgumentException("key id given twice: " + credential.accessKeyId());
      }
    }
    this.configured = Map.copyOf(byId);
  }

  @Override
  public Optional<Credential> find(String accessKeyId, @Nullable String sessionToken) {
    Credential known = configured.get(accessKeyId);
    if (known != null) {
      return Optional.of(known);
    }
    if (open && accessKeyId.equals(WELL_KNOWN)) {
      return Optional.of(wellKnown(accessKeyId, DEFAULT_ACCOUNT));
    }
    return open && isAccount(accessKeyId)
        ? Optional.of(wellKnown(accessKeyId, accessKeyId))
        : Optional.empty();
  }

  static boolean isAccount(String text) {
    return ACCOUNT.matcher(text).matches();
  }

  static String root(String account) {
    return "arn:aws:iam::" + account + ":root";
  }

  private static Credential wellKnown(String accessKeyId, String account) {
    return Credential.root(accessKeyId, WELL_KNOWN, account);
  }
}
