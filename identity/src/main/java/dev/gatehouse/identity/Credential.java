package dev.gatehouse.identity;

import org.jspecify.annotations.Nullable;

/**
 * An access key with its secret.
 *
 * @param sessionToken null for a long-lived key
 * @param account the 12 digits of the account that the key belongs to
 * @param principalArn {@code arn:aws:iam::…:user/…} or {@code arn:aws:sts::…:assumed-role/…/…}
 */
public record Credential(
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    String account,
    String principalArn) {

  /** A long-lived key of an account's root. */
  public static Credential root(String accessKeyId, String secretAccessKey, String account) {
    return new Credential(accessKeyId, secretAccessKey, null, account, AccessKeys.root(account));
  }

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "Credential[" + accessKeyId + ", " + principalArn + "]";
  }
}
