package dev.gatehouse.objects;

import dev.gatehouse.identity.AccessCheck;
import dev.gatehouse.identity.Authentication;
import dev.gatehouse.identity.Authenticator;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import dev.gatehouse.wire.sigv4.PayloadRejected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Answers S3 calls, path style and virtual-host style. Signature and expiry are checked strictly
 * whatever the mode of the server, names are checked before they become paths, and then the bytes
 * stream from and to files or wherever they are kept; no body is held.
 */
public final class ObjectStore implements HttpService, AutoCloseable {
  /** A CreateBucketConfiguration is a few hundred bytes. */
  private static final int MAX_BUCKET_CONFIGURATION = 64 * 1024;

  private final Authenticator authenticator;
  private final AccessCheck access;
  private final ObjectPlace place;
  private final Forwarding forwarding;
  private final Optional<ObjectFiles> files;
  private final Optional<BucketCalls> buckets;
  private final Optional<Copying> copying;
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
    this.access = access;
    this.place = place;
    this.forwarding = new Forwarding(place);
    this.files =
        switch (place) {
          case ObjectPlace.Here(S3Proxy proxy, Path incoming, boolean durable) ->
              Optional.of(new ObjectFiles(proxy.folder(), incoming, durable, random));
          case ObjectPlace.Elsewhere _ -> Optional.empty();
        };
    this.buckets = files.map(it -> new BucketCalls(it, tags));
    this.copying = files.map(it -> new Copying(it, forwarding));
    this.hosts = new BucketHosts(domains);
    this.random = random;
    this.cors = new BucketCors(cors);
  }

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    byte[] id = new byte[8];
    random.nextBytes(id);
    String requestId = HexFormat.of().withUpperCase().formatHex(id);
    HttpReply reply =
        switch (call.method().equals("OPTIONS") ? preflight(call) : answer(call)) {
          case Answer.Passed(HttpReply passed) -> passed;
          case Answer.Failed failed -> failed.reply(call, requestId);
        };
    HttpReply identified = reply.with("x-amz-request-id", requestId);
    return call.method().equals("OPTIONS") ? identified : visible(identified, call);
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
    return switch (forward(get, target)) {
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
    cors.clear();
    if (buckets.isPresent()) {
      buckets.get().clear();
    }
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
    return switch (authenticator.authenticateObject(call)) {
      case Authentication.Refused(int status, String code, String message) ->
          new Answer.Failed(status, code, message);
      case Authentication.Authenticated(Caller caller, HttpCall checked) -> {
        yield switch (S3Target.parse(checked, bucketOfHost(call))) {
          case S3Target.Refused(Answer.Failed failed) -> failed;
          case S3Target.Accepted target -> {
            Optional<Answer.Failed> denied = denied(caller, checked, target);
            yield denied.isPresent() ? denied.get() : answer(checked, target, caller);
          }
        };
      }
    };
  }

  /** S3 writes the resource in quotes [C]. */
  private Optional<Answer.Failed> denied(Caller caller, HttpCall call, S3Target.Accepted target) {
    for (S3Action needed : S3Action.of(call, target)) {
      try {
        access.require(caller, needed.action(), needed.resource(), needed.context());
      } catch (ServiceException denied) {
        String message =
            denied.message().replace(needed.resource() + " ", '"' + needed.resource() + "\" ");
        return Optional.of(new Answer.Failed(denied.status(), "AccessDenied", message));
      }
    }
    return Optional.empty();
  }

  private Answer answer(HttpCall call, S3Target.Accepted target, Caller caller) throws IOException {
    boolean upload = call.method().equals("PUT") || call.method().equals("POST");
    if (upload && call.bodyLength() < 0) {
      return new Answer.Failed(
          411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    try {
      if (target.isBucket() && target.query().matches("cors=?")) {
        return bucketCors(call, target);
      }
      Optional<Answer> ofBucket =
          buckets.isPresent()
              ? buckets.get().answer(call, target, caller.scope().region())
              : Optional.empty();
      if (ofBucket.isPresent()) {
        return ofBucket.get();
      }
      boolean create =
          files.isPresent()
              && call.method().equals("PUT")
              && target.isBucket()
              && target.query().isEmpty();
      Answer answer = forward(create ? withoutLocation(call) : call, target);
      boolean delete = call.method().equals("DELETE") && target.isBucket();
      if (delete && answer instanceof Answer.Passed(HttpReply reply) && reply.status() == 204) {
        cors.delete(target.bucket());
        if (buckets.isPresent()) {
          buckets.get().delete(target.bucket());
        }
      }
      return answer;
    } catch (PayloadRejected rejected) {
      return new Answer.Failed(rejected.status(), rejected.code(), rejected.message());
    }
  }

  /** From the files where they are ours and know enough, else from where all is kept. */
  private Answer forward(HttpCall call, S3Target.Accepted target) throws IOException {
    if (call.bodyLength() == 0) {
      new ClientBody(call.body()).checkEmpty();
    }
    Optional<Answer> direct =
        files.isPresent() ? files.get().answer(call, target) : Optional.empty();
    if (direct.isPresent()) {
      return direct.get();
    }
    Optional<Answer> copied =
        copying.isPresent() ? copying.get().answer(call, target) : Optional.empty();
    return copied.isPresent() ? copied.get() : forwarding.forward(call, target);
  }

  private boolean isMissing(HttpCall call, S3Target.Accepted target) {
    return files.isPresent()
        ? !files.get().isBucket(target.bucket())
        : forwarding.bucketIsMissing(call, target);
  }

  private Answer bucketCors(HttpCall call, S3Target.Accepted target) throws IOException {
    return isMissing(call, target) ? Answer.noSuchBucket() : cors.answer(call, target.bucket());
  }

  /**
   * Any location will do for a bucket: there is one place only. The body is read all the same,
   * since its hash may be signed.
   */
  private static HttpCall withoutLocation(HttpCall call) throws IOException {
    byte[] body = call.body().readNBytes(MAX_BUCKET_CONFIGURATION + 1);
    String text = new String(body, StandardCharsets.UTF_8);
    if (body.length > MAX_BUCKET_CONFIGURATION
        || (body.length > 0 && !text.contains("CreateBucketConfiguration"))) {
      throw new PayloadRejected(
          400,
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    return new HttpCall(
        call.method(),
        call.target(),
        call.headers().without("Content-Type").without("Content-MD5"),
        InputStream.nullInputStream(),
        0,
        call.peer(),
        call.secure());
  }
}
