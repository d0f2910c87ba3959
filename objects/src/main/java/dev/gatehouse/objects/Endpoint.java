package dev.gatehouse.objects;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Something that speaks S3, and the key that calls to it are signed with.
 *
 * @param base scheme, host and port
 * @param sessionToken of a temporary key
 */
record Endpoint(
    URI base, String region, String accessKeyId, String secret, @Nullable String sessionToken) {
  /** Host and port, as requests name it. */
  String authority() {
    return base.getRawAuthority();
  }

  int port() {
    return base.getPort();
  }

  /** Without the credential, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "Endpoint[" + base + "]";
  }
}
