package dev.gatehouse.identity;

import java.util.Arrays;
import java.util.Base64;

/**
 * The secrets of access keys that are made by call. None is stored: each follows from its key's id
 * and the server's one secret.
 */
public final class KeySecrets {
  private static final int BYTES = 30;

  private final DerivedKey key;

  public KeySecrets(MasterSecret master) {
    this.key = master.derive("access-key");
  }

  /** The secret of that key. */
  public String of(String accessKeyId) {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(key.hmac(accessKeyId), BYTES));
  }
}
