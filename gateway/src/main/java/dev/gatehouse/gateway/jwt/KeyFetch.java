package dev.gatehouse.gateway.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Asks issuers for their keys, within AWS's bounds (http-api.md 9.1 [C]). Plain blocking code for
 * virtual threads.
 */
final class KeyFetch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFetch.class);
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final int LONGEST = 150_000;
  private static final int MODULUS_BITS = 8_192;
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  private final Map<String, URI> issuers;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * A fetch.
   *
   * @param issuers where the documents of issuers are that cannot be reached under their own name;
   *     only those may speak plain HTTP
   */
  KeyFetch(Map<String, URI> issuers) {
    this.issuers = Map.copyOf(issuers);
  }

  Keys fetch(String issuer) throws InterruptedException {
    URI address = issuers.get(issuer);
    boolean mapped = address != null;
    String base = address == null ? issuer : address.toString();
    URI jwks;
    try {
      String place = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
      byte[] document = get(URI.create(place + DOCUMENT), mapped);
      jwks = URI.create(Json.mapper().readTree(document).path("jwks_uri").asString(""));
    } catch (IOException | IllegalArgumentException | JacksonException failed) {
      return unreachable("OIDC discovery endpoint communication error", issuer, failed);
    }
    try {
      return new Keys.Found(keys(new String(get(jwks, mapped), StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException | ParseException failed) {
      return unreachable("JWKS communication error", issuer, failed);
    }
  }

  private static Keys unreachable(String description, String issuer, Exception failed) {
    LOG.info("{} with issuer {}: {}", description, issuer, failed.toString());
    return new Keys.Unreachable(description);
  }

  /** A whole answer within the time: the client's own timeout ends with the head. */
  private byte[] get(URI uri, boolean mapped) throws IOException, InterruptedException {
    if (!mapped && !"https".equals(uri.getScheme())) {
      throw new IOException("not https: " + uri);
    }
    if (uri.getHost() == null || isForbidden(uri.getHost())) {
      throw new IOException("no host to ask: " + uri);
    }
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST));
    try {
      HttpResponse<byte[]> response = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode() + " from " + uri);
      }
      return response.body();
    } catch (ExecutionException | TimeoutException failed) {
      answer.cancel(true);
      throw new IOException(failed);
    }
  }

  /** Cloud metadata is no issuer. */
  private static boolean isForbidden(String host) throws IOException {
    return InetAddress.getByName(host).isLinkLocalAddress();
  }

  private static Map<String, RSAPublicKey> keys(String json) throws ParseException {
    Map<String, RSAPublicKey> keys = new HashMap<>();
    for (JWK key : JWKSet.parse(json).getKeys()) {
      boolean signs = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
      if (signs && key.getKeyID() != null && key instanceof RSAKey rsa && isUsable(rsa)) {
        try {
          keys.put(key.getKeyID(), rsa.toRSAPublicKey());
        } catch (JOSEException unusable) {
          LOG.info("An issuer's key is left out: {}", unusable.getMessage());
        }
      }
    }
    return Map.copyOf(keys);
  }

  /** A modulus without end would make one signature cost seconds. */
  private static boolean isUsable(RSAKey key) {
    return key.size() <= MODULUS_BITS;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
