package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which web pages may use which bucket, as S3 has it: a document for each bucket, kept in a file,
 * which preflights and answers follow. A page can thus use presigned URLs.
 *
 * @param directory with a file for each bucket that has one
 */
record BucketCors(Path directory, Map<String, List<CorsRule>> rules) {
  private static final int MAX_DOCUMENT = 64 * 1024;

  BucketCors(Path directory) {
    this(directory, new ConcurrentHashMap<>());
  }

  /** PutBucketCors, GetBucketCors and DeleteBucketCors of a bucket that is there. */
  Answer answer(HttpCall call, String bucket) throws IOException {
    return switch (call.method()) {
      case "PUT" -> put(SmallBody.read(call, MAX_DOCUMENT), bucket);
      case "GET" -> get(bucket);
      case "DELETE" -> {
        delete(bucket);
        yield new Answer.Passed(HttpReply.empty(204));
      }
      default ->
          new Answer.Failed(
              405,
              "MethodNotAllowed",
              "The specified method is not allowed against this resource.");
    };
  }

  private Answer put(byte[] document, String bucket) throws IOException {
    Optional<List<CorsRule>> parsed = CorsDocument.parse(document);
    if (parsed.isEmpty()) {
      return Answer.malformedXml();
    }
    Files.createDirectories(directory);
    Path half = directory.resolve(bucket + ".half");
    Files.write(half, document);
    Files.move(half, file(bucket), StandardCopyOption.ATOMIC_MOVE);
    rules.put(bucket, parsed.get());
    return new Answer.Passed(HttpReply.empty(200));
  }

  private Answer get(String bucket) throws IOException {
    try {
      return new Answer.Passed(
          new HttpReply(
              200,
              Headers.of("Content-Type", "application/xml"),
              new HttpReply.Bytes(Files.readAllBytes(file(bucket)))));
    } catch (NoSuchFileException e) {
      return new Answer.Failed(
          404, "NoSuchCORSConfiguration", "The CORS configuration does not exist");
    }
  }

  /** The bucket is gone, or its document is to go. */
  void delete(String bucket) throws IOException {
    rules.remove(bucket);
    Files.deleteIfExists(file(bucket));
  }

  /** Every bucket is gone. */
  void clear() throws IOException {
    rules.clear();
    Emptying.empty(directory);
  }

  /** What a page asks before it calls. */
  Answer preflight(HttpCall call, String bucket) {
    Optional<String> origin = call.headers().first("Origin");
    Optional<String> method = call.headers().first("Access-Control-Request-Method");
    if (origin.isEmpty() || method.isEmpty()) {
      return new Answer.Failed(
          400, "BadRequest", "Insufficient information. Origin request header needed.");
    }
    List<CorsRule> all = rules(bucket);
    List<String> headers = asked(call);
    Optional<CorsRule> rule = CorsRule.first(all, origin.get(), method.get(), headers);
    if (rule.isEmpty()) {
      return new Answer.Failed(
          403,
          "AccessForbidden",
          all.isEmpty()
              ? "CORSResponse: CORS is not enabled for this bucket."
              : "CORSResponse: This CORS request is not allowed. This is usually because the"
                  + " evalution of Origin, request method / Access-Control-Request-Method or"
                  + " Access-Control-Request-Headers are not whitelisted by the resource's CORS"
                  + " spec.");
    }
    HttpReply reply = allowing(HttpReply.empty(200), rule.get(), origin.get());
    if (!headers.isEmpty()) {
      reply = reply.with("Access-Control-Allow-Headers", String.join(", ", headers));
    }
    return new Answer.Passed(
        rule.get().maxAge() < 0
            ? reply
            : reply.with("Access-Control-Max-Age", "" + rule.get().maxAge()));
  }

  /** Adds what lets a page see an answer, where the bucket's rules do. */
  HttpReply allow(HttpReply reply, HttpCall call, String bucket) {
    Optional<String> origin = call.headers().first("Origin");
    return origin
        .flatMap(it -> CorsRule.first(rules(bucket), it, call.method(), List.of()))
        .map(rule -> allowing(reply, rule, origin.get()))
        .orElse(reply);
  }

  private static HttpReply allowing(HttpReply reply, CorsRule rule, String origin) {
    HttpReply allowing =
        reply
            .with("Access-Control-Allow-Origin", rule.allowedOrigin(origin))
            .with("Access-Control-Allow-Methods", String.join(", ", rule.methods()))
            .with("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
    if (!rule.exposed().isEmpty()) {
      allowing = allowing.with("Access-Control-Expose-Headers", String.join(", ", rule.exposed()));
    }
    return rule.anyOrigin() ? allowing : allowing.with("Access-Control-Allow-Credentials", "true");
  }

  private static List<String> asked(HttpCall call) {
    String names = call.headers().first("Access-Control-Request-Headers").orElse("");
    return Arrays.stream(names.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  private List<CorsRule> rules(String bucket) {
    List<CorsRule> known = rules.get(bucket);
    if (known == null) {
      known = read(bucket);
      if (!known.isEmpty()) {
        rules.put(bucket, known); // a name without a document must not fill the memory
      }
    }
    return known;
  }

  private List<CorsRule> read(String bucket) {
    try {
      return CorsDocument.parse(Files.readAllBytes(file(bucket))).orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The name was checked: it has no slash and does not begin with a dot. */
  private Path file(String bucket) {
    return directory.resolve(bucket + ".xml");
  }
}
