package dev.gatehouse.gateway.upstream;

/**
 * Where a backend listens.
 *
 * @param secure whether to speak TLS
 */
public record Origin(String host, int port, boolean secure) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** The port of a scheme that names none. */
  public static int defaultPort(boolean secure) {
    return secure ? HTTPS : HTTP;
  }

  /** The {@code host} header for requests to it. */
  public String authority() {
    return port == defaultPort(secure) ? host : host + ":" + port;
  }
}
