package dev.gatehouse.server.config;

import org.jspecify.annotations.Nullable;

/**
 * Where some functions live that are not here.
 *
 * @param functions their ARN, or the beginning of their ARNs with {@code *} after it
 * @param url of an endpoint that speaks Lambda's API
 * @param id of the access key; null for that of the environment
 * @param secret of the access key
 */
public record FunctionEndpoint(
    String functions, String url, @Nullable String id, @Nullable String secret) {

  /** Without the secret, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "FunctionEndpoint[" + functions + ", " + url + "]";
  }
}
