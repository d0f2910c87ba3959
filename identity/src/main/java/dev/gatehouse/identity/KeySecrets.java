package dev.gatehouse.identity;

import dev.gatehouse.wire.sigv4.Sha256;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secrets of access keys that are made by call. None is stored: each follows from its key's id
 * and the server's one secret.
 */
public final class KeySecrets {
  private static final int BYTES = 30;

  private final byte[] key;

  public KeySecrets(MasterSecret master) {
    this.key = master.derive("access-key");
  }

  /** The secret of that key. */
  public String of(String accessKeyId) {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(Sha256.hmac(key, accessKeyId), BYTES));
  }
}
