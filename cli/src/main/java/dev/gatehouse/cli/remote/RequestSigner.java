package dev.gatehouse.cli.remote;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Sha256;
import dev.gatehouse.wire.sigv4.Signer;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;

/** Signs requests that the JDK's client sends. */
public record RequestSigner(AwsSettings settings, InstantSource clock) {
  /** The headers of a request with its signature, all but {@code Host}, which the client writes. */
  public Headers sign(String method, URI place, Headers more, byte[] body, String service) {
    Headers headers = more.with("Host", host(place));
    if (settings.sessionToken() != null) {
      headers = headers.with("X-Amz-Security-Token", settings.sessionToken());
    }
    String path = place.getRawPath().isEmpty() ? "/" : place.getRawPath();
    HttpCall call =
        new HttpCall(
            method,
            place.getRawQuery() == null ? path : path + "?" + place.getRawQuery(),
            headers,
            new ByteArrayInputStream(body),
            body.length,
            InetSocketAddress.createUnresolved(place.getHost(), 0),
            false);
    return new Signer(settings.accessKeyId(), settings.secretAccessKey())
        .sign(call, settings.region(), service, Sha256.hex(body), clock.instant())
        .without("Host");
  }

  /** As the JDK's client writes it. */
  private static String host(URI place) {
    int standard = place.getScheme().matches("https|wss") ? 443 : 80;
    boolean named = place.getPort() >= 0 && place.getPort() != standard;
    return named ? place.getHost() + ":" + place.getPort() : place.getHost();
  }
}
