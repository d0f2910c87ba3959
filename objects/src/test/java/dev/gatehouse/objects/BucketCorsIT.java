package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What web pages may do with buckets. */
final class BucketCorsIT {
  private static RunningStore store;
  private static S3Client s3;
  @TempDir static Path data;

  @BeforeAll
  static void start() throws IOException {
    store = new RunningStore(data);
    s3 = store.client();
    s3.createBucket(b -> b.bucket("pages"));
    s3.createBucket(b -> b.bucket("closed"));
    s3.putBucketCors(b ->
        b.bucket("pages")
            .corsConfiguration(c ->
                c.corsRules(
                    CORSRule.builder()
                        .allowedOrigins("https://*.example.com")
                        .allowedMethods("GET", "PUT")
                        .allowedHeaders("content-type", "x-amz-*")
                        .exposeHeaders("ETag")
                        .maxAgeSeconds(600)
                        .build(),
                    CORSRule.builder().allowedOrigins("*").allowedMethods("HEAD").build())));
  }

  @AfterAll
  static void stop() {
    s3.close();
    store.close();
  }

  /** curl's view of an answer, status line and headers, in lower case. */
  private static String ask(String method, String url, String... headers) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "-i", "-X", method, "--max-time", "20"));
    for (String header : headers) {
      command.addAll(List.of("-H", header));
    }
    command.add(url);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return printed.toLowerCase(Locale.ROOT);
  }

  private static String url() {
    try (S3Presigner presigner = store.presigner(RunningStore.TEST)) {
      return presigner
          .presignPutObject(p ->
              p.signatureDuration(Duration.ofMinutes(5))
                  .putObjectRequest(o -> o.bucket("pages").key("k")))
          .url()
          .toString();
    }
  }

  @Test
  void theDocumentIsKept() {
    List<CORSRule> rules = s3.getBucketCors(b -> b.bucket("pages")).corsRules();
    assertThat(rules).hasSize(2);
    assertThat(rules.getFirst().maxAgeSeconds()).isEqualTo(600);
    assertThatThrownBy(() -> s3.getBucketCors(b -> b.bucket("closed")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchCORSConfiguration"));
    assertThatThrownBy(() -> s3.getBucketCors(b -> b.bucket("missing")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
    assertThatThrownBy(() ->
            s3.putBucketCors(b ->
                b.bucket("closed")
                    .corsConfiguration(c ->
                        c.corsRules(
                            CORSRule.builder()
                                .allowedOrigins("*")
                                .allowedMethods("BREW")
                                .build()))))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MalformedXML"));
  }

  @Test
  void aPageUsesAPresignedUrl() throws Exception {
    String url = url();
    String preflight =
        ask(
            "OPTIONS",
            url,
            "Origin: https://app.example.com",
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: Content-Type, x-amz-meta-a");
    assertThat(preflight)
        .contains("http/1.1 200", "access-control-allow-origin: https://app.example.com")
        .contains("access-control-allow-methods: get, put", "access-control-max-age: 600")
        .contains("access-control-allow-headers: content-type, x-amz-meta-a")
        .contains("access-control-allow-credentials: true");
    assertThat(ask("PUT", url, "Origin: https://app.example.com", "Content-Length: 0"))
        .contains("http/1.1 200", "access-control-allow-origin: https://app.example.com")
        .contains("access-control-expose-headers: etag");
    assertThat(ask("PUT", url, "Origin: https://elsewhere.org", "Content-Length: 0"))
        .contains("http/1.1 200")
        .doesNotContain("access-control-allow-origin");
    assertThat(ask("PUT", url + "0", "Origin: https://app.example.com", "Content-Length: 0"))
        .as("a page may see why it was refused")
        .contains("http/1.1 400", "access-control-allow-origin: https://app.example.com");
  }

  @Test
  void otherPagesAndOtherBucketsAreRefused() throws Exception {
    String put = "Access-Control-Request-Method: PUT";
    assertThat(ask("OPTIONS", url(), "Origin: https://elsewhere.org", put))
        .contains("http/1.1 403", "accessforbidden", "this cors request is not allowed");
    assertThat(ask("OPTIONS", store.endpoint() + "/closed/k", "Origin: https://a.example.com", put))
        .contains("http/1.1 403", "cors is not enabled for this bucket");
    assertThat(
            ask(
                "OPTIONS",
                url(),
                "Origin: https://a.example.com",
                put,
                "Access-Control-Request-Headers: authorization"))
        .contains("http/1.1 403");
  }

  @Test
  void theDocumentGoesWithItsBucket() {
    s3.createBucket(b -> b.bucket("brief"));
    s3.putBucketCors(b ->
        b.bucket("brief")
            .corsConfiguration(c ->
                c.corsRules(CORSRule.builder().allowedOrigins("*").allowedMethods("GET").build())));
    assertThat(data.resolve("objects-cors/brief.xml")).exists();
    s3.deleteBucket(b -> b.bucket("brief"));
    assertThat(Files.exists(data.resolve("objects-cors/brief.xml"))).isFalse();
    s3.createBucket(b -> b.bucket("brief"));
    assertThatThrownBy(() -> s3.getBucketCors(b -> b.bucket("brief")))
        .isInstanceOf(S3Exception.class);
    s3.deleteBucketCors(b -> b.bucket("brief"));
  }
}
