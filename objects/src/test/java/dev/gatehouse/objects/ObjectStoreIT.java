package dev.gatehouse.objects;

import static dev.gatehouse.objects.SharedStore.data;
import static dev.gatehouse.objects.SharedStore.s3;
import static dev.gatehouse.objects.SharedStore.store;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The unmodified AWS SDK against the store. */
@ExtendWith(SharedStore.class)
final class ObjectStoreIT {

  private static String get(String key) {
    return s3().getObjectAsBytes(b -> b.bucket("photos").key(key)).asUtf8String();
  }

  private static void put(String key, String body) {
    s3().putObject(b -> b.bucket("photos").key(key), RequestBody.fromString(body));
  }

  @Test
  void bucketsComeAndGo() {
    s3().createBucket(b ->
        b.bucket("over-there")
            .createBucketConfiguration(
                c -> c.locationConstraint(BucketLocationConstraint.EU_CENTRAL_1)));
    assertThat(s3().listBuckets().buckets()).extracting(b -> b.name()).contains("over-there");
    s3().headBucket(b -> b.bucket("over-there"));
    s3().deleteBucket(b -> b.bucket("over-there"));
    assertThat(s3().listBuckets().buckets()).extracting(b -> b.name()).doesNotContain("over-there");
    assertThatThrownBy(() -> s3().headBucket(b -> b.bucket("over-there")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void objectsComeAndGoWithWhatWasSaidAboutThem() {
    s3().putObject(
            b ->
                b.bucket("photos")
                    .key("a/b.txt")
                    .contentType("text/plain; charset=utf-8")
                    .cacheControl("no-store")
                    .metadata(Map.of("camera", "box")),
            RequestBody.fromString("hello"));
    HeadObjectResponse head = s3().headObject(b -> b.bucket("photos").key("a/b.txt"));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(head.cacheControl()).isEqualTo("no-store");
    assertThat(head.metadata()).containsEntry("camera", "box");
    assertThat(get("a/b.txt")).isEqualTo("hello");
    s3().deleteObject(b -> b.bucket("photos").key("a/b.txt"));
    assertThatThrownBy(() -> get("a/b.txt")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void anEmptyObjectIsKept() {
    put("empty", "");
    assertThat(get("empty")).isEmpty();
  }

  @Test
  void rangesAndConditionsWork() {
    put("range", "0123456789");
    GetObjectResponse part =
        s3().getObject(b -> b.bucket("photos").key("range").range("bytes=2-4")).response();
    assertThat(part.contentRange()).isEqualTo("bytes 2-4/10");
    assertThat(part.contentLength()).isEqualTo(3);
    String tag = s3().headObject(b -> b.bucket("photos").key("range")).eTag();
    assertThatThrownBy(
            () -> s3().getObjectAsBytes(b -> b.bucket("photos").key("range").ifNoneMatch(tag)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
  }

  static Stream<String> oddKeys() {
    return Stream.of(
        "with space",
        "plus+and&amp",
        "percent%41%",
        "ünïcödé/日本語/🎈",
        "(odd)!'*,;:@$=#?[]{}|^`~\"<>\\",
        "dots...txt",
        "..hidden/.also",
        "a/b/c/d/e/f",
        "x".repeat(218));
  }

  @ParameterizedTest
  @MethodSource("oddKeys")
  void oddKeysAreKeptAsTheyAre(String key) {
    put(key, "body of " + key);
    assertThat(get(key)).isEqualTo("body of " + key);
    assertThat(
            s3().listObjectsV2(b -> b.bucket("photos").prefix(key)).contents().stream()
                .map(S3Object::key))
        .containsExactly(key);
    s3().deleteObject(b -> b.bucket("photos").key(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../up",
        "a/../../up",
        "a/./b",
        "a//b",
        "/lead",
        "a/..",
        ".mpus-x",
        "a\u0000b"
      })
  void keysThatCannotBeKeptAreRefused(String key) {
    assertThatThrownBy(() -> put(key, "x"))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  void listsHavePrefixesDelimitersAndPages() {
    s3().createBucket(b -> b.bucket("lists"));
    for (String key : List.of("a/1", "a/2", "b/1", "c")) {
      s3().putObject(b -> b.bucket("lists").key(key), RequestBody.fromString(key));
    }
    var top = s3().listObjectsV2(b -> b.bucket("lists").delimiter("/"));
    assertThat(top.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("a/", "b/");
    assertThat(top.contents()).extracting(S3Object::key).containsExactly("c");
    assertThat(
            s3().listObjectsV2Paginator(b -> b.bucket("lists").maxKeys(1)).contents().stream()
                .map(S3Object::key))
        .containsExactly("a/1", "a/2", "b/1", "c");
    s3().deleteObjects(b ->
        b.bucket("lists")
            .delete(
                Delete.builder()
                    .objects(
                        ObjectIdentifier.builder().key("a/1").build(),
                        ObjectIdentifier.builder().key("c").build())
                    .build()));
    assertThat(s3().listObjects(b -> b.bucket("lists")).contents())
        .extracting(S3Object::key)
        .containsExactly("a/2", "b/1");
  }

  @Test
  void listsRollUpByAnyDelimiterInTheOrderOfBytes() {
    s3().createBucket(b -> b.bucket("rolled"));
    for (String key : List.of("a-1", "a/b/1", "a/b/2", "a/c", "z+ü", "\uffee", "🎈")) {
      s3().putObject(b -> b.bucket("rolled").key(key), RequestBody.fromString(key));
    }
    s3().putObject(b -> b.bucket("rolled").key("folder/"), RequestBody.empty());
    assertThat(s3().listObjectsV2(b -> b.bucket("rolled")).contents())
        .extracting(S3Object::key)
        .containsExactly("a-1", "a/b/1", "a/b/2", "a/c", "folder/", "z+ü", "\uffee", "🎈");
    var rolled = s3().listObjectsV2(b -> b.bucket("rolled").delimiter("b/"));
    assertThat(rolled.commonPrefixes()).extracting(it -> it.prefix()).containsExactly("a/b/");
    assertThat(rolled.keyCount()).isEqualTo(7);
    var below = s3().listObjectsV2(b -> b.bucket("rolled").prefix("a/").delimiter("/").maxKeys(1));
    assertThat(below.commonPrefixes()).extracting(it -> it.prefix()).containsExactly("a/b/");
    assertThat(below.isTruncated()).isTrue();
    var rest =
        s3().listObjectsV2(b ->
            b.bucket("rolled")
                .prefix("a/")
                .delimiter("/")
                .continuationToken(below.nextContinuationToken()));
    assertThat(rest.contents()).extracting(S3Object::key).containsExactly("a/c");
    assertThat(rest.commonPrefixes()).isEmpty();
    assertThat(
            s3().listObjectsV2(b -> b.bucket("rolled").startAfter("a/b/1").maxKeys(2)).contents())
        .extracting(S3Object::key)
        .containsExactly("a/b/2", "a/c");
    assertThatThrownBy(
            () -> s3().listObjectsV2(b -> b.bucket("rolled").continuationToken("made up")))
        .hasMessageContaining("The continuation token provided is incorrect");
    var first = s3().listObjects(b -> b.bucket("rolled").delimiter("/").maxKeys(2));
    assertThat(first.nextMarker()).isEqualTo("a/");
    assertThat(s3().listObjects(b -> b.bucket("rolled").delimiter("/").marker("a/")).contents())
        .extracting(S3Object::key)
        .containsExactly("z+ü", "\uffee", "🎈");
  }

  @Test
  void anUploadInPartsKeepsItsTagsAndIsKnownByItsId() {
    Runnable unknown =
        () ->
            s3().uploadPart(
                    b -> b.bucket("photos").key("tagged").uploadId("made-up").partNumber(1),
                    RequestBody.fromString("x"));
    assertThatThrownBy(unknown::run).isInstanceOf(NoSuchUploadException.class);
    assertThatThrownBy(
            () -> s3().listParts(b -> b.bucket("photos").key("tagged").uploadId("made-up")))
        .isInstanceOf(NoSuchUploadException.class);
    String id =
        s3().createMultipartUpload(b -> b.bucket("photos").key("a/tagged").tagging("kind=raw"))
            .uploadId();
    assertThatThrownBy(() -> s3().listParts(b -> b.bucket("photos").key("other").uploadId(id)))
        .isInstanceOf(NoSuchUploadException.class);
    String tag =
        s3().uploadPart(
                b -> b.bucket("photos").key("a/tagged").uploadId(id).partNumber(1),
                RequestBody.fromString("x"))
            .eTag();
    var done =
        s3().completeMultipartUpload(b ->
            b.bucket("photos")
                .key("a/tagged")
                .uploadId(id)
                .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(tag))));
    assertThat(done.location()).isEqualTo(store().endpoint() + "/photos/a/tagged");
    assertThat(s3().getObjectTagging(b -> b.bucket("photos").key("a/tagged")).tagSet())
        .extracting(it -> it.key() + "=" + it.value())
        .containsExactly("kind=raw");
  }

  @Test
  void whatCannotBeCopiedIsTold() {
    put("same", "x");
    for (var wrong :
        Map.of(
                "photos/same", "This copy request is illegal",
                "photos/none", "The specified key does not exist.",
                "missing/none", "The specified bucket does not exist",
                "photos/same?versionId=other", "Invalid version id specified")
            .entrySet()) {
      assertThatThrownBy(() ->
              s3().copyObject(b ->
                  b.copySource(wrong.getKey()).destinationBucket("photos").destinationKey("same")))
          .isInstanceOf(S3Exception.class)
          .hasMessageContaining(wrong.getValue());
    }
    assertThatThrownBy(
            () -> s3().getObjectAsBytes(b -> b.bucket("photos").key("same").partNumber(2)))
        .isInstanceOf(S3Exception.class);
    assertThat(get("same")).isEqualTo("x");
  }

  @Test
  void whatIsMissingIsTold() {
    assertThatThrownBy(() -> s3().deleteObject(b -> b.bucket("missing").key("k")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() ->
            s3().deleteObjects(b -> b.bucket("missing").delete(d -> d.objects(o -> o.key("k")))))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> get("a//b")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> get("x".repeat(1025))).hasMessageContaining("Your key is too long");
    assertThatThrownBy(() ->
            s3().putObject(
                    b -> b.bucket("photos").key("folder/"), RequestBody.fromString("content")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
    assertThatThrownBy(() -> s3().getObjectLegalHold(b -> b.bucket("photos").key("k")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501))
        .hasMessageContaining("GetObjectLegalHold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void everyChecksumIsTaken(String algorithm) {
    s3().putObject(
            b ->
                b.bucket("photos")
                    .key("checksum")
                    .checksumAlgorithm(ChecksumAlgorithm.valueOf(algorithm)),
            RequestBody.fromString("checked"));
    assertThat(get("checksum")).isEqualTo("checked");
  }

  @Test
  void anUploadInPartsIsPutTogether() {
    byte[] part = new byte[5 * 1024 * 1024];
    new Random(7).nextBytes(part);
    String id = s3().createMultipartUpload(b -> b.bucket("photos").key("parts")).uploadId();
    List<CompletedPart> parts =
        Stream.of(1, 2)
            .map(n -> {
              var done =
                  s3().uploadPart(
                          b -> b.bucket("photos").key("parts").uploadId(id).partNumber(n),
                          RequestBody.fromBytes(part));
              return CompletedPart.builder()
                  .partNumber(n)
                  .eTag(done.eTag())
                  .checksumCRC32(done.checksumCRC32())
                  .build();
            })
            .toList();
    s3().completeMultipartUpload(
            b -> b.bucket("photos").key("parts").uploadId(id).multipartUpload(m -> m.parts(parts)));
    assertThat(s3().headObject(b -> b.bucket("photos").key("parts")).contentLength())
        .isEqualTo(2L * part.length);
  }

  @Test
  void objectsAreCopied() {
    put("from here", "copied");
    s3().copyObject(b ->
        b.sourceBucket("photos")
            .sourceKey("from here")
            .destinationBucket("photos")
            .destinationKey("to"));
    assertThat(get("to")).isEqualTo("copied");
    assertThatThrownBy(() ->
            s3().copyObject(b ->
                b.sourceBucket("photos")
                    .sourceKey("../../master.secret")
                    .destinationBucket("photos")
                    .destinationKey("stolen")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  void deletingSeveralStaysInTheBucket() throws IOException {
    Path outside = data().resolve("objects").resolve("outside.txt");
    Files.createDirectories(outside.getParent());
    Path sibling = data().resolve("sibling.txt");
    Files.writeString(sibling, "stay");
    s3().createBucket(b -> b.bucket("other-bucket"));
    s3().putObject(b -> b.bucket("other-bucket").key("k"), RequestBody.fromString("stay"));
    for (String key : List.of("../../sibling.txt", "../other-bucket/k", "/" + sibling)) {
      try {
        s3().deleteObjects(b ->
            b.bucket("photos").delete(d -> d.objects(ObjectIdentifier.builder().key(key).build())));
      } catch (S3Exception refused) {
        assertThat(refused.statusCode()).isBetween(400, 599);
      }
    }
    assertThat(sibling).exists();
    assertThat(s3().getObjectAsBytes(b -> b.bucket("other-bucket").key("k")).asUtf8String())
        .isEqualTo("stay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../", "a/../../", "/etc/", "..", "/"})
  void listsStayInTheBucket(String prefix) {
    assertThat(s3().listObjectsV2(b -> b.bucket("photos").prefix(prefix)).contents()).isEmpty();
  }

  @Test
  void otherPartsOfTheServerReadObjects() throws IOException {
    put("code.zip", "zipped");
    assertThat(store().store.read("photos", "code.zip", 6)).hasValue("zipped".getBytes(UTF_8));
    assertThat(store().store.read("photos", "nothing", 6)).isEmpty();
    assertThat(store().store.read("missing", "code.zip", 6)).isEmpty();
    assertThat(store().store.read("photos", "../../master.secret", 100)).isEmpty();
    assertThatThrownBy(() -> store().store.read("photos", "code.zip", 5))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 5 bytes");
  }

  @Test
  void unknownBucketsAndKeysAreTold() {
    assertThatThrownBy(() -> get("nothing")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(
            () -> s3().putObject(b -> b.bucket("missing").key("k"), RequestBody.fromString("x")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() ->
            s3().putObject(
                    b -> b.bucket("missing").key("k"),
                    RequestBody.fromBytes(new byte[20 * 1024 * 1024])))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void whatIsNotThereIsNotImplementedAndNamed() {
    assertThatThrownBy(() -> s3().putBucketPolicy(b -> b.bucket("photos").policy("{}")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501))
        .hasMessageContaining("PutBucketPolicy");
  }

  @Test
  void aWrongSecretIsRefused() {
    try (S3Client wrong = store().client(AwsBasicCredentials.create("test", "wrong"))) {
      assertThatThrownBy(() -> wrong.listBuckets())
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
    }
    try (S3Client stranger = store().client(AwsBasicCredentials.create("nobody", "x"))) {
      assertThatThrownBy(() -> stranger.listBuckets())
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAccessKeyId"));
    }
  }
}
