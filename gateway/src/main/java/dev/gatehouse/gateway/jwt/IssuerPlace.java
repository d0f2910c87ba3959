package dev.gatehouse.gateway.jwt;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where an issuer's documents are.
 *
 * @param issuer as its tokens name it
 * @param configured where it is found instead; null where it is found under its name
 */
record IssuerPlace(String issuer, @Nullable URI configured) {
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  /** Only a configured place may speak plain HTTP. */
  boolean isConfigured() {
    return configured != null;
  }

  /** The discovery document. */
  URI document() {
    return URI.create(base() + DOCUMENT);
  }

  /**
   * Where a document is that the discovery document names: one under the issuer's own name is out
   * of reach as the issuer is, so it is looked for in the configured place.
   */
  URI found(String named) {
    if (configured == null) {
      return URI.create(named);
    }
    String own = trimmed(issuer);
    if (named.startsWith(own + "/")) {
      return URI.create(base() + named.substring(own.length()));
    }
    URI uri = URI.create(named);
    boolean sameHost = origin(URI.create(own)).equals(origin(uri));
    return sameHost ? URI.create(origin(configured) + tail(uri)) : uri;
  }

  private String base() {
    return trimmed(configured == null ? issuer : configured.toString());
  }

  private static String trimmed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  private static String tail(URI uri) {
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }
}
