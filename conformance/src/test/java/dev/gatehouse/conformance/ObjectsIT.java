package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects and presigned URLs. */
class ObjectsIT {
  private static final String BUCKET = "conformance-bucket";
  private static final String FORM = "multipart/form-data; boundary=b";

  /** What a test does with a bucket. */
  private interface Use {
    void with(RunningGatehouse gw, S3Client s3) throws Exception;
  }

  private static void withBucket(Use use) throws Exception {
    withGatehouse((gw, http) -> {
      try (S3Client s3 = gw.s3()) {
        if (s3.listBuckets().buckets().stream().noneMatch(b -> b.name().equals(BUCKET))) {
          s3.createBucket(r -> r.bucket(BUCKET));
        }
        use.with(gw, s3);
      }
    });
  }

  @Test
  void anObjectGoesUpAndComesDown() throws Exception {
    withBucket((gw, s3) -> {
      String key = "a dir/ü+&.txt";
      s3.putObject(
          r -> r.bucket(BUCKET).key(key).contentType("text/plain"),
          RequestBody.fromString("hello"));
      assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String())
          .isEqualTo("hello");
      assertThat(s3.headObject(r -> r.bucket(BUCKET).key(key)).contentLength()).isEqualTo(5);
      assertThat(s3.headObject(r -> r.bucket(BUCKET).key(key)).contentType())
          .isEqualTo("text/plain");
      assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket(BUCKET).key("none")))
          .isInstanceOf(NoSuchKeyException.class);
    });
  }

  @Test
  void aPresignedUrlTakesAndGivesAnObject() throws Exception {
    byte[] bytes = new byte[2_000_000];
    new Random(2).nextBytes(bytes);
    withBucket((gw, s3) -> {
      String put = presigned(gw, SdkHttpMethod.PUT, "photo.jpg", Instant.now(), "test");
      Reply stored = gw.http().send("PUT", put, bytes, "Content-Type: image/jpeg");
      assertThat(stored.status()).as("%s", stored).isEqualTo(200);
      String get = presigned(gw, SdkHttpMethod.GET, "photo.jpg", Instant.now(), "test");
      Reply read = gw.http().get(get);
      assertThat(read.status()).isEqualTo(200);
      assertThat(Arrays.equals(read.body(), bytes)).isTrue();
      assertThat(read.header("content-type")).contains("image/jpeg");
    });
  }

  @Test
  void aPresignedUrlIsCheckedInEveryPart() throws Exception {
    withBucket((gw, s3) -> {
      Instant now = Instant.now();
      String put = presigned(gw, SdkHttpMethod.PUT, "guarded", now, "test");
      assertThat(gw.http().send("PUT", put, "original").status()).isEqualTo(200);

      String get = presigned(gw, SdkHttpMethod.GET, "guarded", now, "test");
      Http http = gw.http();
      assertThat(http.get(get).text()).isEqualTo("original");
      assertRefused(http.send("PUT", get, "overwritten"));
      assertRefused(http.send("DELETE", get, ""));
      assertRefused(http.get(get.replace("guarded", "other")));
      assertRefused(http.get(get.replace("X-Amz-Expires=60", "X-Amz-Expires=61")));
      assertRefused(http.get(get + "&versionId=1"));
      assertRefused(http.get(presigned(gw, SdkHttpMethod.GET, "guarded", now, "another secret")));
      Reply unsigned = http.get("/" + BUCKET + "/guarded");
      assertRefused(unsigned);
      assertThat(unsigned.text()).contains("<Code>AccessDenied</Code>");
      assertRefused(http.send("POST", "/" + BUCKET, form(), "Content-Type: " + FORM));
      Reply expired =
          http.get(presigned(gw, SdkHttpMethod.GET, "guarded", now.minusSeconds(90), "test"));
      assertRefused(expired);
      assertThat(expired.text()).contains("<Code>AccessDenied</Code>", "expired");
      assertThat(http.get(get).text()).isEqualTo("original");
    });
  }

  /** That nobody signed. */
  private static String form() {
    return "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nguarded\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nx\r\n--b--\r\n";
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(403);
  }

  /** Path and query of a presigned URL that is good for a minute. */
  private static String presigned(
      RunningGatehouse gw, SdkHttpMethod method, String key, Instant when, String secret)
      throws IOException {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(URI.create(gw.url() + "/" + BUCKET + "/" + key))
            .build();
    URI signed =
        AwsV4HttpSigner.create()
            .sign(r ->
                r.request(request)
                    .identity(AwsBasicCredentials.create("test", secret))
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                    .putProperty(
                        AwsV4FamilyHttpSigner.AUTH_LOCATION,
                        AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60))
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(when, ZoneOffset.UTC)))
            .request()
            .getUri();
    return signed.getRawPath() + "?" + signed.getRawQuery();
  }
}
