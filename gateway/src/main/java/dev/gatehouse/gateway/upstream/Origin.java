package dev.gatehouse.gateway.upstream;

/**
 * Where a backend listens.
 *
 * @param secure whether to speak TLS
 * @param serverName the name that its certificate must have, where TLS is spoken
 */
public record Origin(String host, int port, boolean secure, String serverName) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

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

  @Override
  public String toString() {
    return (secure ? "https://" : "http://") + authority();
  }
}
