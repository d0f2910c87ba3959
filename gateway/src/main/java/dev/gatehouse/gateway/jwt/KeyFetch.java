package dev.gatehouse.gateway.jwt;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Asks issuers for their keys, within AWS's bounds (http-api.md 9.1 [C]). Plain blocking code, for
 * threads of its own: names are resolved here. Redirects are not followed [U].
 */
final class KeyFetch {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFetch.class);
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final int LONGEST = 150_000;

  private final Map<String, URI> issuers;

  /**
   * A fetch.
   *
   * @param issuers where the documents of issuers are that cannot be reached under their own name;
   *     only those may speak plain HTTP
   */
  KeyFetch(Map<String, URI> issuers) {
    this.issuers = Map.copyOf(issuers);
  }

  /** A client for each fetch: it is rare, and so costs nothing at start-up or at rest. */
  Keys fetch(String issuer) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    try {
      return fetch(client, new IssuerPlace(issuer, issuers.get(issuer)));
    } finally {
      client.shutdownNow();
    }
  }

  private static Keys fetch(HttpClient client, IssuerPlace place) throws InterruptedException {
    URI jwks;
    try {
      byte[] document = get(client, place.document(), place.isConfigured());
      jwks = place.found(Json.mapper().readTree(document).path("jwks_uri").asString(""));
    } catch (IOException | IllegalArgumentException | JacksonException failed) {
      return unreachable(Keys.NO_DISCOVERY, place, failed);
    }
    try {
      return new Keys.Found(KeySet.read(get(client, jwks, place.isConfigured())));
    } catch (IOException | IllegalArgumentException | JacksonException failed) {
      return unreachable(Keys.NO_KEYS, place, failed);
    }
  }

  private static Keys unreachable(String description, IssuerPlace place, Exception failed) {
    LOG.info("{} with issuer {}: {}", description, place.issuer(), failed.toString());
    return new Keys.Unreachable(description);
  }

  /** A whole answer within the time: the client's own timeout ends with the head. */
  private static byte[] get(HttpClient client, URI uri, boolean configured)
      throws IOException, InterruptedException {
    if (!configured && !"https".equals(uri.getScheme())) {
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
}
