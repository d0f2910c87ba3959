package dev.gatehouse.objects;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Authentication;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Answers S3 calls, path style and virtual-host style. Signature and expiry are checked strictly
 * whatever the mode of the server, names are checked before they become paths, and then the bytes
 * stream from and to files or wherever they are kept; no body is held.
 */
public final class ObjectStore implements HttpService, AutoCloseable {
  private final Authenticator authenticator;
  private final Rights rights;
  private final ObjectPlace place;
  private final Forwarding forwarding;
  private final ObjectCalls calls;
  private final BucketHosts hosts;
  private final RandomGenerator random;
  private final BucketCors cors;

  /**
   * @param access lets calls go on whose signature is good
   * @param place is closed with this store
   * @param domains the names below which a host names a bucket, such as {@code localhost}
   * @param cors the directory of what web pages may do with buckets
   * @param tags the directory of buckets' tags
   */
  public ObjectStore(
      Authenticator authenticator,
      AccessCheck access,
      ObjectPlace place,
      Set<String> domains,
      RandomGenerator random,
      Path cors,
      Path tags) {
    this.authenticator = authenticator;
    this.rights = new Rights(access);
    this.place = place;
    this.forwarding = new Forwarding(place);
    this.cors = new BucketCors(cors);
    // No switch over types on the way of a start: the JVM makes a class for each.
    this.calls =
        new ObjectCalls(
            place instanceof ObjectPlace.Here(S3Proxy proxy, Path incoming, boolean durable)
                ? Optional.of(
                    new ObjectCalls.Here(
                        new ObjectFiles(proxy.folder(), incoming, durable, random),
                        tags,
                        forwarding,
                        rights))
                : Optional.empty(),
            forwarding,
            this.cors);
    this.hosts = new BucketHosts(domains);
    this.random = random;
  }

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    byte[] id = new byte[8];
    random.nextBytes(id);
    String requestId = HexFormat.of().withUpperCase().formatHex(id);
    String hostId = Base64.getEncoder().encodeToString(id);
    HttpReply reply =
        switch (call.method().equals("OPTIONS") ? preflight(call) : answer(call)) {
          case Answer.Passed(HttpReply passed) -> passed;
          case Answer.Failed failed -> failed.reply(call, requestId, hostId);
        };
    HttpReply identified = reply.with("x-amz-request-id", requestId).with("x-amz-id-2", hostId);
    return call.method().equals("OPTIONS") ? identified : visible(identified, call);
  }

  /** Whether a call that no signature assigns to a service is one for a bucket that is here. */
  public boolean isForBucket(HttpCall call) {
    return S3Target.parse(call, bucketOfHost(call)) instanceof S3Target.Accepted target
        && calls.here().filter(here -> here.files().isBucket(target.bucket())).isPresent();
  }

  /** Before it calls, a page asks without a signature. */
  private Answer preflight(HttpCall call) {
    return switch (S3Target.parse(call, bucketOfHost(call))) {
      case S3Target.Refused(Answer.Failed failed) -> failed;
      case S3Target.Accepted target -> cors.preflight(call, target.bucket());
    };
  }

  private HttpReply visible(HttpReply reply, HttpCall call) {
    if (call.headers().first("Origin").isEmpty()) {
      return reply;
    }
    return S3Target.parse(call, bucketOfHost(call)) instanceof S3Target.Accepted target
        ? cors.allow(reply, call, target.bucket())
        : reply;
  }

  private Optional<String> bucketOfHost(HttpCall call) {
    return call.headers().first("Host").flatMap(hosts::bucket);
  }

  /**
   * The bytes of an object, for other parts of the server; empty where there is no such bucket or
   * key, or no such name.
   *
   * @throws IOException where the object has more than {@code maxBytes}, or S3Proxy does not answer
   */
  public Optional<byte[]> read(String bucket, String key, long maxBytes) throws IOException {
    HttpCall get =
        new HttpCall(
            "GET",
            UriText.encode("/" + bucket + "/" + key),
            Headers.of(),
            InputStream.nullInputStream(),
            0,
            InetSocketAddress.createUnresolved("gatehouse", 0),
            false);
    if (!(S3Target.parse(get, Optional.empty()) instanceof S3Target.Accepted target)) {
      return Optional.empty();
    }
    return switch (calls.forward(get, target)) {
      case Answer.Passed(HttpReply reply) -> bytes(reply, maxBytes);
      case Answer.Failed failed when failed.status() == 404 -> Optional.empty();
      case Answer.Failed failed -> throw new IOException(failed.message());
    };
  }

  /**
   * Deletes every bucket of every account with all that is in it.
   *
   * @throws IOException where something stays, as when an upload goes on meanwhile
   */
  public void clear() throws IOException {
    place.clear();
    calls.clear();
  }

  @Override
  public void close() {
    forwarding.close();
    place.close();
  }

  private static Optional<byte[]> bytes(HttpReply reply, long maxBytes) throws IOException {
    try (InputStream stream = stream(reply.content())) {
      if (reply.status() == 404) {
        return Optional.empty();
      }
      if (reply.status() != 200) {
        throw new IOException("the object store answered " + reply.status());
      }
      byte[] bytes = stream.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
      if (bytes.length > maxBytes) {
        throw new IOException("the object has more than " + maxBytes + " bytes");
      }
      return Optional.of(bytes);
    }
  }

  private static InputStream stream(HttpReply.Content content) {
    return switch (content) {
      case HttpReply.Stream(InputStream stream, long _) -> stream;
      case HttpReply.Bytes(byte[] bytes) -> new ByteArrayInputStream(bytes);
    };
  }

  private Answer answer(HttpCall call) throws IOException {
    if (S3Target.parse(call, bucketOfHost(call)) instanceof S3Target.Accepted target
        && FormUpload.is(call, target)) {
      return calls.here().isEmpty()
          ? Answer.notBuilt("PostObject to another endpoint")
          : new FormUpload(authenticator, calls.here().get().files().incoming())
              .answer(call, target, this::permitted);
    }
    return switch (authenticator.authenticateObject(call)) {
      case Authentication.Refused(int status, String code, String message, var more) ->
          new Answer.Failed(status, code, message, more);
      case Authentication.Authenticated(Caller caller, HttpCall checked) -> {
        yield switch (S3Target.parse(checked, bucketOfHost(call))) {
          case S3Target.Refused(Answer.Failed failed) -> failed;
          case S3Target.Accepted target -> permitted(checked, target, caller);
        };
      }
    };
  }

  private Answer permitted(HttpCall call, S3Target.Accepted target, Caller caller)
      throws IOException {
    List<S3Action> needed = calls.judgesKeys(call, target) ? List.of() : S3Action.of(call, target);
    Optional<Answer.Failed> denied = rights.denied(caller, needed);
    return denied.isPresent()
        ? denied.get()
        : rights.hiding(calls.answer(call, target, caller), caller, call, target);
  }
}
