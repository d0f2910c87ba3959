package dev.gatehouse.control;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks an issuer of tokens for its discovery document, as AWS does when a JWT authorizer is made
 * (control-plane.md section 10 [C]). An issuer that cannot be reached, or speaks no https, can be
 * told apart from its address by the {@code issuers} map of the configuration.
 */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  /** AWS's bounds (control-plane.md section 16 [C]). */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private static final int LONGEST = 150_000;

  private final Map<String, String> issuers;

  /**
   * A discovery.
   *
   * @param issuers from an issuer to the URL at which its documents are found instead
   */
  Discovery(Map<String, String> issuers) {
    this.issuers = Map.copyOf(issuers);
  }

  /** Refuses an issuer without a valid discovery document. */
  void check(String issuer) {
    String base = issuers.get(issuer);
    if (base == null && !issuer.startsWith("https://")) {
      throw Refusals.invalidIssuer(issuer);
    }
    String place = trimmed(base == null ? issuer : base);
    try {
      if (!isDocument(fetch(URI.create(place + DOCUMENT), base != null))) {
        throw Refusals.invalidIssuer(issuer);
      }
    } catch (IOException | IllegalArgumentException | JacksonException e) {
      LOG.info("Issuer {} was refused: {}", issuer, e.toString());
      throw Refusals.invalidIssuer(issuer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusals.invalidIssuer(issuer);
    }
  }

  /** A client for one request: this is rare, and costs nothing at start-up. */
  private static HttpResponse<byte[]> fetch(URI uri, boolean configured)
      throws IOException, InterruptedException {
    if (!configured && InetAddress.getByName(uri.getHost()).isLinkLocalAddress()) {
      throw new IOException("a link-local address");
    }
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
      return client
          .sendAsync(
              request,
              HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS); // the client's own ends with the head
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException(failed);
    } finally {
      client.shutdownNow();
    }
  }

  private static boolean isDocument(HttpResponse<byte[]> response) {
    JsonNode document = Json.mapper().readTree(response.body());
    return response.statusCode() == 200
        && document.path("issuer").isString()
        && document.path("jwks_uri").isString();
  }

  private static String trimmed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
