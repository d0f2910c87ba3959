package dev.gatehouse.gateway.spi;

import java.util.Map;

/** Reads the IAM policies that authorizers answer with. */
@FunctionalInterface
public interface PolicyReader {

  /**
   * Reads a policy document without principals: it speaks of the request that it was asked for.
   *
   * @throws IllegalArgumentException where the document is none; the message tells why
   */
  AccessPolicy read(String json);

  /** A policy. Immutable; asked on event loops. */
  @FunctionalInterface
  interface AccessPolicy {

    /**
     * Whether the policy allows this and does not deny it.
     *
     * @param action such as {@code execute-api:Invoke}
     * @param resource an ARN
     * @param context condition keys with their values
     */
    boolean allows(String action, String resource, Map<String, String> context);
  }
}
