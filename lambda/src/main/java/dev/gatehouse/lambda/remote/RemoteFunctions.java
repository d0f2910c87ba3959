package dev.gatehouse.lambda.remote;

import dev.gatehouse.lambda.InvokeAnswer;
import dev.gatehouse.lambda.InvokeOutcome;
import dev.gatehouse.lambda.InvokeRequest;
import dev.gatehouse.lambda.process.Failures;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Invokes functions that live elsewhere. Who may do so is for the other side to say: it sees the
 * key, not the API. Blocking: call it on a virtual thread.
 */
public final class RemoteFunctions {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The longest that a function may take, and a little. */
  private static final Duration ANSWER = Duration.ofSeconds(905);

  private final List<RemoteEndpoint> endpoints;
  private final InstantSource clock;
  private @Nullable HttpClient made;

  /**
   * @param endpoints the first that has a function is asked
   */
  public RemoteFunctions(List<RemoteEndpoint> endpoints, InstantSource clock) {
    this.endpoints = List.copyOf(endpoints);
    this.clock = clock;
  }

  /** Made when it is first needed: it takes as long as a fifth of the server's start. */
  private synchronized HttpClient client() {
    HttpClient client = made;
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
      made = client;
    }
    return client;
  }

  /** Where a function lives; empty where it is one of ours, or of nobody's. */
  public Optional<RemoteEndpoint> find(String arn) {
    return endpoints.stream().filter(endpoint -> endpoint.has(arn)).findFirst();
  }

  /**
   * Invokes a function and waits for its answer.
   *
   * @throws IOException where the other side cannot be reached, or answers what Lambda does not
   */
  public InvokeAnswer invoke(RemoteEndpoint endpoint, InvokeRequest request)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client().send(signed(endpoint, request), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] payload = body.readNBytes(Failures.MAX_RESPONSE + 1);
      if (payload.length > Failures.MAX_RESPONSE) {
        throw new IOException(endpoint.url() + " answered more than a function may");
      }
      String requestId = response.headers().firstValue("x-amzn-RequestId").orElse(null);
      return new InvokeAnswer(requestId, outcome(endpoint, response, payload));
    }
  }

  private static InvokeOutcome outcome(
      RemoteEndpoint endpoint, HttpResponse<InputStream> response, byte[] payload)
      throws IOException {
    boolean failed = response.headers().firstValue("X-Amz-Function-Error").isPresent();
    return switch (response.statusCode()) {
      case 200 -> failed ? new InvokeOutcome.Failed(payload) : new InvokeOutcome.Returned(payload);
      case 403 -> new InvokeOutcome.Denied();
      case 404 -> new InvokeOutcome.Missing();
      case 413 -> new InvokeOutcome.TooLarge();
      case 429 -> new InvokeOutcome.Throttled(false);
      default -> throw new IOException(endpoint.url() + " answered " + response.statusCode());
    };
  }

  private HttpRequest signed(RemoteEndpoint endpoint, InvokeRequest request) {
    String arn = request.functionArn();
    String path =
        "/2015-03-31/functions/" + URLEncoder.encode(arn, StandardCharsets.UTF_8) + "/invocations";
    URI uri = URI.create(endpoint.url().toString().replaceAll("/+$", "") + path);
    Headers plain = Headers.of("Host", uri.getAuthority());
    String token = endpoint.key().sessionToken();
    HttpCall call =
        new HttpCall(
            "POST",
            uri.getRawPath(),
            token == null ? plain : plain.with("X-Amz-Security-Token", token),
            InputStream.nullInputStream(),
            request.payload().length,
            InetSocketAddress.createUnresolved("localhost", 0),
            true);
    Headers headers =
        new Signer(endpoint.key().accessKeyId(), endpoint.key().secretAccessKey())
            .sign(call, arn.split(":", 5)[3], "lambda", hash(request.payload()), clock.instant());
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(ANSWER);
    headers.lines().stream()
        .filter(line -> !line.name().equals("Host")) // the client's own affair
        .forEach(line -> builder.header(line.name(), line.value()));
    return builder.POST(HttpRequest.BodyPublishers.ofByteArray(request.payload())).build();
  }

  private static String hash(byte[] payload) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
