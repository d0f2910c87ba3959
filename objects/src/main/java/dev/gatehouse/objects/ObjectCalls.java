package dev.gatehouse.objects;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.sigv4.PayloadRejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a call comes to that its caller may make: answered from the files where they are ours and
 * know enough, else from where all is kept.
 *
 * @param here empty where another endpoint keeps all
 */
record ObjectCalls(Optional<Here> here, Forwarding forwarding, BucketCors cors) {

  /** What answers where files are ours, S3Proxy after all of them. */
  record Here(
      ObjectFiles files,
      BucketCalls buckets,
      Copying copying,
      Uploads uploads,
      Deletions deletions) {
    Here(ObjectFiles files, Path tags, Forwarding forwarding, Rights rights) {
      this(
          files,
          new BucketCalls(files, tags),
          new Copying(files, forwarding),
          new Uploads(files, forwarding),
          new Deletions(rights, forwarding));
    }
  }

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE");

  /** A CreateBucketConfiguration is a few hundred bytes. */
  private static final int MAX_BUCKET_CONFIGURATION = 64 * 1024;

  /** Whether each key that a call names is judged by itself, and not the call. */
  boolean judgesKeys(HttpCall call, S3Target.Accepted target) {
    return here.isPresent() && deletesSeveral(call, target);
  }

  private static boolean deletesSeveral(HttpCall call, S3Target.Accepted target) {
    return call.method().equals("POST") && target.isBucket() && target.asks("delete");
  }

  Answer answer(HttpCall call, S3Target.Accepted target, Caller caller) throws IOException {
    boolean upload = call.method().equals("PUT") || call.method().equals("POST");
    if (upload && call.bodyLength() < 0) {
      return new Answer.Failed(
          411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    try {
      return here.isPresent() ? here(here.get(), call, target, caller) : elsewhere(call, target);
    } catch (PayloadRejected rejected) {
      return new Answer.Failed(rejected.status(), rejected.code(), rejected.message());
    }
  }

  private Answer elsewhere(HttpCall call, S3Target.Accepted target) throws IOException {
    if (isCors(target)) {
      return forwarding.bucketIsMissing(call, target)
          ? Answer.noSuchBucket(target.bucket())
          : cors.answer(call, target.bucket());
    }
    return forgotten(call, target, forward(call, target));
  }

  private Answer here(Here here, HttpCall said, S3Target.Accepted named, Caller caller)
      throws IOException {
    Optional<Answer.Failed> refusal = refusal(here.files(), said, named, caller);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    boolean whole = named.query().isEmpty() && !named.isBucket();
    if (!METHODS.contains(said.method()) || (whole && said.method().equals("POST"))) {
      return new Answer.Failed(
          405,
          "MethodNotAllowed",
          "The specified method is not allowed against this resource.",
          Map.of("Method", said.method()));
    }
    HttpCall call = OwnerHeaders.without(said, named);
    S3Target.Accepted target = named.withoutVersion();
    if (isCors(target)) {
      return cors.answer(call, target.bucket());
    }
    if (deletesSeveral(call, target)) {
      return here.deletions().answer(call, target, caller);
    }
    Optional<Answer> ofBucket = here.buckets().answer(call, target, caller.scope().region());
    if (ofBucket.isPresent()) {
      return ofBucket.get();
    }
    boolean create = call.method().equals("PUT") && target.isBucket() && target.query().isEmpty();
    return forgotten(call, target, forward(create ? withoutLocation(call) : call, target));
  }

  private static Optional<Answer.Failed> refusal(
      ObjectFiles files, HttpCall call, S3Target.Accepted target, Caller caller) {
    Optional<Answer.Failed> refusal = OwnerHeaders.refusal(call, target, caller);
    if (refusal.isPresent()) {
      return refusal;
    }
    String version =
        S3Target.copyVersion(call)
            .orElseGet(() -> target.parameters().getOrDefault("versionId", "null"));
    if (!version.equals("null")) {
      return Optional.of(
          Answer.invalidArgument("versionId", version, "Invalid version id specified"));
    }
    boolean creates = call.method().equals("PUT") && target.isBucket() && target.query().isEmpty();
    boolean listsAll = target.bucket().isEmpty();
    return creates || listsAll || files.isBucket(target.bucket())
        ? Optional.empty()
        : Optional.of(Answer.noSuchBucket(target.bucket()));
  }

  private static boolean isCors(S3Target.Accepted target) {
    return target.isBucket() && target.asks("cors");
  }

  /** What was said of a bucket goes with it. */
  private Answer forgotten(HttpCall call, S3Target.Accepted target, Answer answer)
      throws IOException {
    boolean deletes =
        call.method().equals("DELETE") && target.isBucket() && target.query().isEmpty();
    if (deletes && answer instanceof Answer.Passed(HttpReply reply) && reply.status() == 204) {
      cors.delete(target.bucket());
      if (here.isPresent()) {
        here.get().buckets().delete(target.bucket());
      }
    }
    return answer;
  }

  /** From the files where they are ours and know enough, else from where all is kept. */
  Answer forward(HttpCall call, S3Target.Accepted target) throws IOException {
    if (call.bodyLength() == 0) {
      new ClientBody(call.body()).checkEmpty();
    }
    if (here.isEmpty()) {
      return forwarding.forward(call, target);
    }
    Optional<Answer> direct = here.get().files().answer(call, target);
    if (direct.isEmpty()) {
      direct = here.get().copying().answer(call, target);
    }
    if (direct.isEmpty()) {
      direct = here.get().uploads().answer(call, target);
    }
    Answer answer = direct.isPresent() ? direct.get() : forwarding.forward(call, target);
    return ProxyRefusal.told(answer, call, target);
  }

  /**
   * Any location will do for a bucket: there is one place only. The body is read all the same,
   * since its hash may be signed.
   */
  private static HttpCall withoutLocation(HttpCall call) throws IOException {
    byte[] body = SmallBody.read(call, MAX_BUCKET_CONFIGURATION);
    String text = new String(body, StandardCharsets.UTF_8);
    if (body.length > 0 && !text.contains("CreateBucketConfiguration")) {
      Answer.Failed malformed = Answer.malformedXml();
      throw new PayloadRejected(malformed.status(), malformed.code(), malformed.message());
    }
    return call.with(call.headers().without("Content-Type").without("Content-MD5"))
        .with(new byte[0]);
  }

  /** Every bucket is gone. */
  void clear() throws IOException {
    cors.clear();
    if (here.isPresent()) {
      here.get().buckets().clear();
    }
  }
}
