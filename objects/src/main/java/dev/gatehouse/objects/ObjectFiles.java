package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is asked most, GET, HEAD and PUT of an object, from S3Proxy's own files and without
 * S3Proxy: a call costs what the files cost. Whatever says more than is known here is S3Proxy's, to
 * do or to refuse.
 */
final class ObjectFiles {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final Path folder;
  private final ObjectWrites writes;
  private volatile @Nullable Boolean supported;

  /**
   * @param folder S3Proxy's: a folder of it is a bucket
   * @param incoming on the same file system
   * @param durable whether what is stored is on the disk before a call is answered
   */
  ObjectFiles(Path folder, Path incoming, boolean durable, RandomGenerator random) {
    this.folder = folder;
    this.writes = new ObjectWrites(new Incoming(incoming, random), durable);
  }

  Incoming incoming() {
    return writes.incoming();
  }

  boolean isBucket(String name) {
    return !name.isEmpty() && Files.isDirectory(bucket(name));
  }

  Path bucket(String name) {
    return folder.resolve(name);
  }

  /** The answer; empty where the call is S3Proxy's. */
  Optional<Answer> answer(HttpCall call, S3Target.Accepted target) throws IOException {
    boolean folder = target.key().endsWith("/");
    if (folder && call.method().equals("PUT") && call.bodyLength() > 0) {
      return Optional.of(
          Answer.invalidArgument(
              "key", target.key(), "A key that ends in a slash can have no content here."));
    }
    if (target.key().isEmpty() || (folder && !READS.contains(call.method()))) {
      return Optional.empty();
    }
    Map<String, String> query = target.parameters();
    boolean taken =
        isTagging(query)
            || switch (call.method()) {
              case "GET", "HEAD" -> reads(call.headers(), query);
              case "PUT" -> query.isEmpty() && writes(call.headers());
              default -> false;
            };
    return taken && supported() ? Optional.of(direct(call, target, query)) : Optional.empty();
  }

  private Answer direct(HttpCall call, S3Target.Accepted target, Map<String, String> query)
      throws IOException {
    Path bucket = folder.resolve(target.bucket());
    if (!Files.isDirectory(bucket)) {
      return Answer.noSuchBucket(target.bucket());
    }
    Path file = bucket.resolve(target.key());
    if (isTagging(query)) {
      return Files.isRegularFile(file)
          ? ObjectTags.answer(call, file)
          : Answer.noSuchKey(target.key());
    }
    if (call.method().equals("PUT")) {
      return writes.put(call, bucket, file);
    }
    if (query.values().stream().anyMatch(ObjectFiles::breaksLines)) {
      return new Answer.Failed(400, "InvalidArgument", "A header can't have this value.");
    }
    boolean named = target.key().endsWith("/") == Files.isDirectory(file);
    Optional<ObjectFile> object =
        named ? ObjectFile.find(file, call.method().equals("GET")) : Optional.empty();
    return object.isPresent()
        ? ObjectReads.answer(call, query, object.get())
        : Answer.noSuchKey(target.key());
  }

  /** For other parts of the store, where the call that names it was accepted. */
  Path file(String bucket, String key) {
    return folder.resolve(bucket).resolve(key);
  }

  private static boolean isTagging(Map<String, String> query) {
    return query.keySet().equals(Set.of("tagging"));
  }

  private static boolean reads(Headers headers, Map<String, String> query) {
    return ObjectReads.OVERRIDES.keySet().containsAll(query.keySet())
        && amazon(headers).allMatch(ObjectFiles::isRead);
  }

  private static boolean writes(Headers headers) {
    return amazon(headers).allMatch(ObjectFiles::isWritten)
        && headers.first("If-Match").isEmpty()
        && headers.first("If-None-Match").map("*"::equals).orElse(true)
        && headers.first("Expires").map(it -> HttpDate.parse(it).isPresent()).orElse(true);
  }

  /** A checksum is that of the call's body, which is empty. */
  private static boolean isRead(String name) {
    return name.equals("x-amz-checksum-mode") || ObjectAttributes.isChecksum(name);
  }

  private static boolean isWritten(String name) {
    return name.startsWith("x-amz-meta-")
        || ObjectAttributes.isChecksum(name)
        || name.equals(ObjectTags.HEADER)
        || name.equals("x-amz-sdk-checksum-algorithm");
  }

  /** What a call says of S3's own, less what has been dealt with. */
  private static Stream<String> amazon(Headers headers) {
    return ForwardedHeaders.request(headers).lines().stream()
        .map(line -> line.name().toLowerCase(Locale.ROOT))
        .filter(name -> name.startsWith("x-amz-"));
  }

  private static boolean breaksLines(String value) {
    return value.chars().anyMatch(c -> c < ' ' || c == 0x7f);
  }

  /**
   * Without extended attributes nothing could be said of an object, and where the JVM was started
   * without UTF-8, no file can have the name of every key.
   */
  boolean supported() throws IOException {
    Boolean known = supported;
    if (known == null) {
      if (!Files.isDirectory(folder)) {
        return false;
      }
      known =
          "UTF-8".equals(System.getProperty("sun.jnu.encoding"))
              && Files.getFileStore(folder).supportsFileAttributeView("user");
      supported = known;
    }
    return known;
  }
}
