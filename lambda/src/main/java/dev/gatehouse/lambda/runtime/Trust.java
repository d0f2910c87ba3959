package dev.gatehouse.lambda.runtime;

import java.nio.file.Path;

/**
 * Files that say whom a function's process trusts in TLS: what the machine trusts, and the
 * certificate authority of this server, so that {@code https://} to it works as it does on AWS.
 *
 * @param authority the server's own authority alone, in PEM
 * @param bundle everyone, in PEM
 * @param keyStore everyone, as PKCS 12 with {@link #PASSWORD}
 */
public record Trust(Path authority, Path bundle, Path keyStore) {
  /** No secret: what is in the store is public. */
  public static final String PASSWORD = "changeit";
}
