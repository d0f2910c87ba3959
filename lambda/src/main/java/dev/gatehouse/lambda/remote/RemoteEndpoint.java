package dev.gatehouse.lambda.remote;

import dev.gatehouse.identity.Credential;
import java.net.URI;

/**
 * Where some functions live.
 *
 * @param functions their ARN, or the beginning of their ARNs with {@code *} after it
 * @param url of an endpoint that speaks Lambda's API
 * @param key that invocations are signed with
 */
public record RemoteEndpoint(String functions, URI url, Credential key) {

  /** Whether a function lives there; a qualifier makes no difference. */
  boolean has(String arn) {
    return functions.endsWith("*")
        ? arn.startsWith(functions.substring(0, functions.length() - 1))
        : arn.equals(functions) || arn.startsWith(functions + ":");
  }
}
