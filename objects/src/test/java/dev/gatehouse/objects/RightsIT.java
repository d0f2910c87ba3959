package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.identity.Access;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What callers are told who may not do everything. */
final class RightsIT {
  private static final Set<String> DENIED = ConcurrentHashMap.newKeySet();
  private static RunningStore store;
  private static S3Client s3;
  @TempDir static Path data;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(data.resolve("objects/photos"));
    store = new RunningStore(data, RightsIT::require);
    s3 = store.client();
    s3.putObject(b -> b.bucket("photos").key("there"), RequestBody.fromString("x"));
  }

  @AfterAll
  static void stop() {
    s3.close();
    store.close();
  }

  @BeforeEach
  void everything() {
    DENIED.clear();
  }

  private static void require(Caller caller, Access access) {
    if (DENIED.contains(access.action() + " " + access.resource())) {
      throw new ServiceException(
          403, "AccessDeniedException", access.action() + " on " + access.resource() + " no");
    }
  }

  private static void fails(Runnable call, int status, String code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              if (!code.isEmpty()) {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              }
            });
  }

  @Test
  void whoMayNotListIsNotToldThatAKeyIsMissing() {
    fails(() -> s3.getObjectAsBytes(b -> b.bucket("photos").key("none")), 404, "NoSuchKey");
    DENIED.add("s3:ListBucket arn:aws:s3:::photos");
    fails(() -> s3.getObjectAsBytes(b -> b.bucket("photos").key("none")), 403, "AccessDenied");
    fails(() -> s3.headObject(b -> b.bucket("photos").key("none")), 403, "");
    fails(() -> s3.getObjectTagging(b -> b.bucket("photos").key("none")), 403, "AccessDenied");
    fails(
        () ->
            s3.copyObject(b ->
                b.sourceBucket("photos")
                    .sourceKey("none")
                    .destinationBucket("photos")
                    .destinationKey("copy")),
        403,
        "AccessDenied");
    assertThat(s3.headObject(b -> b.bucket("photos").key("there")).contentLength()).isOne();
  }

  @Test
  void eachKeyThatIsToBeDeletedIsJudgedByItself() {
    s3.putObject(b -> b.bucket("photos").key("kept"), RequestBody.fromString("x"));
    s3.putObject(b -> b.bucket("photos").key("gone"), RequestBody.fromString("x"));
    DENIED.add("s3:DeleteObject arn:aws:s3:::photos/kept");
    DeleteObjectsResponse answer =
        s3.deleteObjects(b ->
            b.bucket("photos")
                .delete(d ->
                    d.objects(
                        ObjectIdentifier.builder().key("kept").build(),
                        ObjectIdentifier.builder().key("gone").build())));
    assertThat(answer.deleted()).extracting(it -> it.key()).containsExactly("gone");
    assertThat(answer.errors()).extracting(it -> it.key()).containsExactly("kept");
    assertThat(answer.errors()).extracting(it -> it.code()).containsExactly("AccessDenied");
    assertThat(s3.listObjectsV2(b -> b.bucket("photos")).contents())
        .extracting(it -> it.key())
        .contains("kept")
        .doesNotContain("gone");
  }
}
