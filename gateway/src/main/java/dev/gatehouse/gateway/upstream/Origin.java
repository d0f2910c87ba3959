package dev.gatehouse.gateway.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Where a backend listens.
 *
 * @param secure whether to speak TLS
 * @param serverName the name that its certificate must have, where TLS is spoken
 */
public record Origin(String host, int port, boolean secure, String serverName) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int PRIME = 31;

  /** A backend whose certificate has the name of its host. */
  public Origin(String host, int port, boolean secure) {
    this(host, port, secure, host);
  }

  /** The port of a scheme that names none. */
  public static int defaultPort(boolean secure) {
    return secure ? HTTPS : HTTP;
  }

  /** The {@code host} header for requests to it. */
  public String authority() {
    return port == defaultPort(secure) ? host : host + ":" + port;
  }

  /** The same with TLS, and a certificate of that name. */
  public Origin secured(String name) {
    return new Origin(host, port, true, name);
  }

  /** Written out, since the JVM would make a record's own out of method handles at each start. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && port == origin.port
        && secure == origin.secure
        && host.equals(origin.host)
        && serverName.equals(origin.serverName);
  }

  @Override
  public int hashCode() {
    return (host.hashCode() * PRIME + port) * PRIME + serverName.hashCode();
  }

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
