package dev.gatehouse.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A store whose bytes another S3 endpoint keeps. */
final class ElsewhereIT {
  private static RunningStore there;
  private static RunningStore here;
  private static S3Client s3;
  private static S3Client direct;
  @TempDir static Path data;

  @BeforeAll
  static void start() throws IOException {
    there = new RunningStore(data.resolve("there"));
    here = new RunningStore(data.resolve("here"), there);
    direct = there.client();
    s3 = here.client();
    s3.createBucket(b -> b.bucket("photos"));
  }

  @AfterAll
  static void stop() {
    s3.close();
    direct.close();
    here.close();
    there.close();
  }

  @Test
  void whatIsStoredHereIsThere() {
    s3.putObject(
        b ->
            b.bucket("photos")
                .key("a folder/ü+k")
                .contentType("text/plain")
                .metadata(Map.of("camera", "box")),
        RequestBody.fromString("far away"));
    var found = direct.getObjectAsBytes(b -> b.bucket("photos").key("a folder/ü+k"));
    assertThat(found.asUtf8String()).isEqualTo("far away");
    assertThat(found.response().contentType()).isEqualTo("text/plain");
    assertThat(found.response().metadata()).containsEntry("camera", "box");
    var read = s3.getObjectAsBytes(b -> b.bucket("photos").key("a folder/ü+k").range("bytes=4-"));
    assertThat(read.asUtf8String()).isEqualTo("away");
    assertThat(s3.listObjectsV2(b -> b.bucket("photos").prefix("a ")).contents())
        .extracting(S3Object::key)
        .containsExactly("a folder/ü+k");
    s3.deleteObject(b -> b.bucket("photos").key("a folder/ü+k"));
    assertThatThrownBy(() -> direct.headObject(b -> b.bucket("photos").key("a folder/ü+k")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(here.proxy.process()).isNull();
  }

  @Test
  void presignedUrlsAreCheckedHere() throws Exception {
    try (S3Presigner presigner = here.presigner(RunningStore.TEST);
        HttpClient http = HttpClient.newHttpClient()) {
      URI put =
          presigner
              .presignPutObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .putObjectRequest(o -> o.bucket("photos").key("url")))
              .url()
              .toURI();
      assertThat(
              http.send(
                      HttpRequest.newBuilder(put).PUT(BodyPublishers.ofString("by url")).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
      assertThat(direct.getObjectAsBytes(b -> b.bucket("photos").key("url")).asUtf8String())
          .isEqualTo("by url");
      URI other = URI.create(put.toString().replace("/url?", "/other?"));
      assertThat(
              http.send(
                      HttpRequest.newBuilder(other).PUT(BodyPublishers.ofString("x")).build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("<Code>SignatureDoesNotMatch</Code>");
    }
  }

  @Test
  void itsRefusalsAreHandedOn() {
    assertThatThrownBy(() -> s3.getObject(b -> b.bucket("photos").key("nothing")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(
            () -> s3.putObject(b -> b.bucket("missing").key("k"), RequestBody.fromString("x")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void itsKeyOpensNothingHere() {
    try (S3Client wrong = here.client(AwsBasicCredentials.create("test", "wrong"))) {
      assertThatThrownBy(wrong::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void codeIsReadFromIt() throws IOException {
    direct.putObject(b -> b.bucket("photos").key("code.zip"), RequestBody.fromString("zipped"));
    assertThat(here.store.read("photos", "code.zip", 6)).hasValue("zipped".getBytes(UTF_8));
    assertThat(here.store.read("photos", "nothing.zip", 6)).isEmpty();
  }

  @Test
  void whatOthersKeepIsNotCleared() throws IOException {
    s3.putObject(b -> b.bucket("photos").key("kept"), RequestBody.fromString("x"));
    here.store.clear();
    assertThat(s3.getObjectAsBytes(b -> b.bucket("photos").key("kept")).asUtf8String())
        .isEqualTo("x");
  }
}
