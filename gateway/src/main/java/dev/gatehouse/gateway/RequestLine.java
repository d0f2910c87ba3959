package dev.gatehouse.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What a client asked of an API, with the form of the address taken away.
 *
 * @param domainName the host as the client named it, with its port where that is not the default
 * @param rawPath as sent, never empty
 * @param rawQuery as sent, without the question mark; empty where there is none
 * @param stageName where the form of the address names the stage outside the path; else null
 */
record RequestLine(String domainName, String rawPath, String rawQuery, @Nullable String stageName) {

  /** The first label of the domain name. */
  String domainPrefix() {
    int dot = domainName.indexOf('.');
    int colon = domainName.indexOf(':');
    int end = dot < 0 ? colon : dot;
    return end < 0 ? domainName : domainName.substring(0, end);
  }
}
