package dev.gatehouse.identity;

import org.jspecify.annotations.Nullable;

/**
 * An access key with its secret.
 *
 * @param sessionToken null for a long-lived key
 * @param identity whom the key stands for
 */
public record Credential(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken, Identity identity) {

  /** A key of a principal whose unique id follows from its ARN. */
  public Credential(
      String accessKeyId,
      String secretAccessKey,
      @Nullable String sessionToken,
      String account,
      String principalArn) {
    this(accessKeyId, secretAccessKey, sessionToken, Identity.of(account, principalArn));
  }

  /** A long-lived key of an account's root. */
  public static Credential root(String accessKeyId, String secretAccessKey, String account) {
    return new Credential(accessKeyId, secretAccessKey, null, Identity.root(account));
  }

  /** The 12 digits of the account that the key belongs to. */
  public String account() {
    return identity.account();
  }

  /** {@code arn:aws:iam::…:user/…} or {@code arn:aws:sts::…:assumed-role/…/…}. */
  public String principalArn() {
    return identity.arn();
  }

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "Credential[" + accessKeyId + ", " + principalArn() + "]";
  }
}
