package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.sigv4.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a call on to where the bytes are kept, under the credential that is good there. */
final class Forwarding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final ObjectPlace place;
  private @Nullable HttpClient made;

  Forwarding(ObjectPlace place) {
    this.place = place;
  }

  /** Made when it is first needed: it takes as long as a third of the server's start. */
  private synchronized HttpClient client() {
    HttpClient client = made;
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECT)
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
      made = client;
    }
    return client;
  }

  /**
   * The answer, whose body is still to be read.
   *
   * @throws IOException when the client's side fails, {@code PayloadRejected} among it
   */
  Answer forward(HttpCall call, S3Target.Accepted target) throws IOException {
    ClientBody body = new ClientBody(call.body());
    try {
      return new Answer.Passed(reply(send(call, target.text(), body)));
    } catch (IOException e) {
      body.throwFailure();
      LOG.warn("the object store did not answer {}: {}", call.method(), e.toString());
      return call.bodyLength() > 0 && bucketIsMissing(call, target)
          ? Answer.noSuchBucket(target.bucket())
          : new Answer.Failed(
              503, "ServiceUnavailable", "The object store can't be reached. Please try again.");
    }
  }

  @Override
  public void close() {
    HttpClient client = made;
    if (client != null) {
      client.shutdownNow();
    }
  }

  /**
   * S3Proxy answers an upload to a missing bucket and closes the connection before the body is
   * sent, and then the answer is lost.
   */
  boolean bucketIsMissing(HttpCall call, S3Target.Accepted target) {
    HttpCall head =
        new HttpCall(
            "HEAD", "", Headers.of(), InputStream.nullInputStream(), 0, call.peer(), false);
    try {
      return send(head, "/" + target.bucket(), new ClientBody(head.body())).statusCode() == 404;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<InputStream> send(HttpCall call, String target, ClientBody body)
      throws IOException {
    Endpoint endpoint = place.endpoint();
    boolean hasBody = call.bodyLength() > 0;
    BodyPublisher publisher =
        hasBody
            ? BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> body), call.bodyLength())
            : BodyPublishers.noBody();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s://%s%s"
                        .formatted(endpoint.base().getScheme(), endpoint.authority(), target)))
            .method(call.method(), publisher)
            .expectContinue(hasBody);
    signed(call, target, endpoint)
        .without("Host")
        .lines()
        .forEach(line -> request.header(line.name(), line.value()));
    try {
      return client().send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static Headers signed(HttpCall call, String target, Endpoint endpoint) {
    Headers headers = ForwardedHeaders.request(call.headers()).with("Host", endpoint.authority());
    String token = endpoint.sessionToken();
    HttpCall plain =
        new HttpCall(
            call.method(),
            target,
            token == null ? headers : headers.with("X-Amz-Security-Token", token),
            InputStream.nullInputStream(),
            0,
            call.peer(),
            false);
    return new Signer(endpoint.accessKeyId(), endpoint.secret())
        .sign(plain, endpoint.region(), "s3", "UNSIGNED-PAYLOAD", Instant.now());
  }

  private static HttpReply reply(HttpResponse<InputStream> response) {
    long length = response.headers().firstValueAsLong("content-length").orElse(-1);
    boolean bodiless = response.statusCode() == 204 || response.statusCode() == 304;
    return new HttpReply(
        response.statusCode(),
        ForwardedHeaders.response(response.headers()),
        new HttpReply.Stream(response.body(), bodiless ? 0 : length));
  }
}
