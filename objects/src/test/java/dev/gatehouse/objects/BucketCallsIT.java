package dev.gatehouse.objects;

import static dev.gatehouse.objects.SharedStore.s3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/** What tools ask about a bucket before and after they change it, and tags. */
@ExtendWith(SharedStore.class)
final class BucketCallsIT {

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static void fails(Runnable call, int status, String code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              if (code != null) { // the answer to HEAD has none
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              }
            });
  }

  @Test
  void aBucketIsWhereOneLooksForIt() {
    assertThat(s3().getBucketLocation(b -> b.bucket("photos")).locationConstraintAsString())
        .isEqualTo("eu-central-1");
    assertThat(s3().headBucket(b -> b.bucket("photos")).bucketRegion()).isEqualTo("eu-central-1");
  }

  static Stream<Arguments> unset() {
    return Stream.of(
        Arguments.of(
            "NoSuchBucketPolicy", call(() -> s3().getBucketPolicy(b -> b.bucket("photos")))),
        Arguments.of(
            "NoSuchWebsiteConfiguration",
            call(() -> s3().getBucketWebsite(b -> b.bucket("photos")))),
        Arguments.of(
            "NoSuchLifecycleConfiguration",
            call(() -> s3().getBucketLifecycleConfiguration(b -> b.bucket("photos")))),
        Arguments.of(
            "ReplicationConfigurationNotFoundError",
            call(() -> s3().getBucketReplication(b -> b.bucket("photos")))),
        Arguments.of(
            "ServerSideEncryptionConfigurationNotFoundError",
            call(() -> s3().getBucketEncryption(b -> b.bucket("photos")))),
        Arguments.of(
            "ObjectLockConfigurationNotFoundError",
            call(() -> s3().getObjectLockConfiguration(b -> b.bucket("photos")))),
        Arguments.of(
            "NoSuchPublicAccessBlockConfiguration",
            call(() -> s3().getPublicAccessBlock(b -> b.bucket("photos")))),
        Arguments.of(
            "OwnershipControlsNotFoundError",
            call(() -> s3().getBucketOwnershipControls(b -> b.bucket("photos")))),
        Arguments.of("NoSuchTagSet", call(() -> s3().getBucketTagging(b -> b.bucket("photos")))));
  }

  private static Runnable call(Runnable call) {
    return call;
  }

  @ParameterizedTest
  @MethodSource("unset")
  void whatNoBucketHasIsNotFound(String code, Runnable call) {
    fails(call, 404, code);
  }

  @Test
  void whatEveryBucketHasIsAsOnANewOne() {
    assertThat(s3().getBucketVersioning(b -> b.bucket("photos")).status()).isNull();
    assertThat(s3().getBucketLogging(b -> b.bucket("photos")).loggingEnabled()).isNull();
    assertThat(s3().getBucketAccelerateConfiguration(b -> b.bucket("photos")).status()).isNull();
    assertThat(s3().getBucketRequestPayment(b -> b.bucket("photos")).payerAsString())
        .isEqualTo("BucketOwner");
    assertThat(
            s3().getBucketNotificationConfiguration(b -> b.bucket("photos")).queueConfigurations())
        .isEmpty();
    s3().deleteBucketPolicy(b -> b.bucket("photos"));
    fails(() -> s3().getBucketLogging(b -> b.bucket("missing")), 404, "NoSuchBucket");
  }

  @Test
  void bucketsHaveTagsUntilTheyGo() {
    s3().createBucket(b -> b.bucket("tagged"));
    List<Tag> tags = List.of(tag("team", "a & b"), tag("ünï", ""));
    s3().putBucketTagging(b -> b.bucket("tagged").tagging(t -> t.tagSet(tags)));
    assertThat(s3().getBucketTagging(b -> b.bucket("tagged")).tagSet()).isEqualTo(tags);
    s3().deleteBucketTagging(b -> b.bucket("tagged"));
    fails(() -> s3().getBucketTagging(b -> b.bucket("tagged")), 404, "NoSuchTagSet");
    s3().putBucketTagging(b -> b.bucket("tagged").tagging(t -> t.tagSet(tags)));
    s3().deleteBucket(b -> b.bucket("tagged"));
    s3().createBucket(b -> b.bucket("tagged"));
    fails(() -> s3().getBucketTagging(b -> b.bucket("tagged")), 404, "NoSuchTagSet");
  }

  @Test
  void tagsThatS3DoesNotTakeAreRefused() {
    for (List<Tag> wrong :
        List.of(
            List.of(tag("a", "1"), tag("a", "2")),
            List.of(tag("x".repeat(129), "1")),
            List.of(tag("a", "x".repeat(257))),
            List.of(tag("aws:a", "1")),
            IntStream.range(0, 51).mapToObj(i -> tag("k" + i, "v")).toList())) {
      fails(
          () -> s3().putBucketTagging(b -> b.bucket("photos").tagging(t -> t.tagSet(wrong))),
          400,
          "InvalidTag");
    }
  }

  @Test
  void objectsHaveTagsThatCopiesTakeAlong() {
    List<Tag> tags = List.of(tag("kind", "raw"), tag("by", "a/b &c"));
    s3().putObject(
            b -> b.bucket("photos").key("one").tagging(Tagging.builder().tagSet(tags).build()),
            RequestBody.fromString("1"));
    assertThat(s3().getObjectTagging(b -> b.bucket("photos").key("one")).tagSet()).isEqualTo(tags);
    assertThat(s3().getObject(b -> b.bucket("photos").key("one")).response().tagCount())
        .isEqualTo(2);
    copy("one", "copied", TaggingDirective.COPY);
    assertThat(s3().getObjectTagging(b -> b.bucket("photos").key("copied")).tagSet())
        .isEqualTo(tags);
    copy("one", "bare", TaggingDirective.REPLACE);
    assertThat(s3().getObjectTagging(b -> b.bucket("photos").key("bare")).tagSet()).isEmpty();
    s3().putObjectTagging(
            b -> b.bucket("photos").key("one").tagging(t -> t.tagSet(tag("only", "this"))));
    assertThat(s3().getObjectTagging(b -> b.bucket("photos").key("one")).tagSet())
        .containsExactly(tag("only", "this"));
    s3().deleteObjectTagging(b -> b.bucket("photos").key("one"));
    assertThat(s3().getObjectTagging(b -> b.bucket("photos").key("one")).tagSet()).isEmpty();
    fails(() -> s3().getObjectTagging(b -> b.bucket("photos").key("none")), 404, "NoSuchKey");
  }

  private static void copy(String from, String to, TaggingDirective directive) {
    s3().copyObject(b ->
        b.sourceBucket("photos")
            .sourceKey(from)
            .destinationBucket("photos")
            .destinationKey(to)
            .taggingDirective(directive));
  }

  @Test
  void aBucketWithoutVersionsHasOneOfEachObject() {
    s3().createBucket(b -> b.bucket("versions"));
    for (String key : List.of("a/1", "a/2", "b")) {
      s3().putObject(b -> b.bucket("versions").key(key), RequestBody.fromString(key));
    }
    assertThat(s3().getBucketVersioning(b -> b.bucket("versions")).status()).isNull();
    s3().putBucketVersioning(
            b -> b.bucket("versions").versioningConfiguration(v -> v.status("Suspended")));
    fails(
        () ->
            s3().putBucketVersioning(
                    b -> b.bucket("versions").versioningConfiguration(v -> v.status("Enabled"))),
        501,
        "NotImplemented");
    var pages = s3().listObjectVersionsPaginator(b -> b.bucket("versions").maxKeys(1));
    assertThat(pages.versions())
        .extracting(it -> it.key() + " " + it.versionId() + " " + it.isLatest())
        .containsExactly("a/1 null true", "a/2 null true", "b null true");
    var rolled = s3().listObjectVersions(b -> b.bucket("versions").delimiter("/"));
    assertThat(rolled.commonPrefixes()).extracting(it -> it.prefix()).containsExactly("a/");
    assertThat(rolled.versions()).extracting(it -> it.key()).containsExactly("b");
    assertThat(
            s3().getObjectAsBytes(b -> b.bucket("versions").key("b").versionId("null"))
                .asUtf8String())
        .isEqualTo("b");
    fails(() -> s3().headObject(b -> b.bucket("versions").key("b").versionId("other")), 400, null);
    fails(
        () -> s3().deleteObject(b -> b.bucket("versions").key("b").versionId("other")),
        400,
        "InvalidArgument");
    s3().deleteObject(b -> b.bucket("versions").key("b").versionId("null"));
    var deleted =
        s3().deleteObjects(b ->
            b.bucket("versions")
                .delete(d ->
                    d.objects(
                        o -> o.key("a/1").versionId("null"),
                        o -> o.key("a/2").versionId("other"),
                        o -> o.key("../x"))));
    assertThat(deleted.deleted()).extracting(it -> it.key()).containsExactly("a/1", "../x");
    assertThat(deleted.errors()).extracting(it -> it.code()).containsExactly("NoSuchVersion");
    s3().deleteObject(b -> b.bucket("versions").key("a/2"));
    s3().deleteBucket(b -> b.bucket("versions"));
  }

  @Test
  void nobodyElseIsGivenRights() {
    fails(
        () -> s3().putBucketAcl(b -> b.bucket("photos").acl("public-read")),
        400,
        "AccessControlListNotSupported");
    fails(
        () ->
            s3().putObject(
                    b -> b.bucket("photos").key("public").acl("public-read"),
                    RequestBody.fromString("x")),
        400,
        "AccessControlListNotSupported");
    fails(
        () ->
            s3().putObject(
                    b -> b.bucket("photos").key("public").grantRead("id=1"),
                    RequestBody.fromString("x")),
        400,
        "AccessControlListNotSupported");
    fails(
        () -> s3().createBucket(b -> b.bucket("public").acl("public-read")),
        400,
        "InvalidBucketAclWithObjectOwnership");
    s3().putObject(
            b ->
                b.bucket("photos")
                    .key("own")
                    .acl("bucket-owner-full-control")
                    .requestPayer("requester")
                    .expectedBucketOwner("000000000000"),
            RequestBody.fromString("x"));
    fails(
        () -> s3().headObject(b -> b.bucket("photos").key("own").expectedBucketOwner("111")),
        403,
        null);
  }
}
