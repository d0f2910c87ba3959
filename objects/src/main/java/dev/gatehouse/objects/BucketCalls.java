package dev.gatehouse.objects;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked about a bucket here: whether it is there and where, what is in it, its tags, and
 * all that it could have on AWS.
 *
 * @param files where the buckets are
 * @param tags with a file for each bucket that has some
 */
record BucketCalls(ObjectFiles files, Path tags) {
  private static final int MAX_DOCUMENT = 64 * 1024;

  /** What the three calls for a list may say. */
  private static final Set<String> LISTS =
      Set.of(
          "list-type",
          "versions",
          "prefix",
          "delimiter",
          "marker",
          "key-marker",
          "version-id-marker",
          "max-keys",
          "encoding-type",
          "continuation-token",
          "start-after",
          "fetch-owner");

  /**
   * The answer; empty where S3Proxy has it.
   *
   * @param region the caller's: there is one place only, and it is wherever one looks
   */
  Optional<Answer> answer(HttpCall call, S3Target.Accepted target, String region)
      throws IOException {
    if (!target.isBucket() || target.bucket().isEmpty()) {
      return Optional.empty();
    }
    boolean head = call.method().equals("HEAD") && target.query().isEmpty();
    boolean location = call.method().equals("GET") && target.asks("location");
    boolean tagging = target.asks("tagging");
    boolean list =
        call.method().equals("GET") && isList(target.parameters().keySet()) && files.supported();
    Optional<BucketFacet> facet = BucketFacet.of(target.query());
    if (!head && !location && !tagging && !list && facet.isEmpty()) {
      return Optional.empty();
    }
    if (!files.isBucket(target.bucket())) {
      return Optional.of(Answer.noSuchBucket(target.bucket()));
    }
    if (facet.isPresent()) {
      return Optional.of(facet.get().answer(call));
    }
    if (list) {
      return Optional.of(list(target));
    }
    if (tagging) {
      return Optional.of(tagging(call, target.bucket()));
    }
    return Optional.of(
        head
            ? new Answer.Passed(HttpReply.empty(200).with("x-amz-bucket-region", region))
            : location(region));
  }

  private static boolean isList(Set<String> parameters) {
    return LISTS.containsAll(parameters);
  }

  private Answer list(S3Target.Accepted target) throws IOException {
    return switch (ListQuery.of(target.parameters())) {
      case ListQuery.Bad(Answer.Failed failed) -> failed;
      case ListQuery.Good(ListQuery query) -> {
        Listing.Page page = Listing.of(files.bucket(target.bucket()), query);
        yield BucketFacet.xml(ListDocument.of(target.bucket(), query, page));
      }
    };
  }

  /** The first region has no name there [C]. */
  private static Answer location(String region) {
    return BucketFacet.xml(
        "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + (region.equals("us-east-1") ? "" : XmlText.escaped(region))
            + "</LocationConstraint>");
  }

  private Answer tagging(HttpCall call, String bucket) throws IOException {
    return switch (call.method()) {
      case "PUT" -> put(SmallBody.read(call, MAX_DOCUMENT), bucket);
      case "DELETE" -> {
        delete(bucket);
        yield new Answer.Passed(HttpReply.empty(204));
      }
      default -> get(bucket);
    };
  }

  private Answer put(byte[] document, String bucket) throws IOException {
    return switch (Tags.parse(document, Tags.MOST_OF_BUCKET)) {
      case Tags.Bad(Answer.Failed failed) -> failed;
      case Tags.Good(Tags good) when good.values().isEmpty() -> {
        delete(bucket);
        yield new Answer.Passed(HttpReply.empty(204));
      }
      case Tags.Good(Tags good) -> {
        OwnerFolder.create(tags);
        Path half = Files.createTempFile(tags, ".half", "");
        Files.write(half, good.xml());
        Files.move(half, file(bucket), StandardCopyOption.ATOMIC_MOVE);
        yield new Answer.Passed(HttpReply.empty(204));
      }
    };
  }

  private Answer get(String bucket) throws IOException {
    try {
      byte[] document = Files.readAllBytes(file(bucket));
      String text = new String(document, StandardCharsets.UTF_8);
      return BucketFacet.xml(text.substring(text.indexOf("<Tagging")));
    } catch (NoSuchFileException e) {
      return new Answer.Failed(404, "NoSuchTagSet", "The TagSet does not exist");
    }
  }

  /** The bucket is gone, or its tags are to go. */
  void delete(String bucket) throws IOException {
    Files.deleteIfExists(file(bucket));
  }

  void clear() throws IOException {
    Emptying.empty(tags);
  }

  private Path file(String bucket) {
    return tags.resolve(bucket + ".xml");
  }
}
