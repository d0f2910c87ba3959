package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.identity.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** URLs presigned by the AWS SDK, used with a plain HTTP client. */
final class PresignedUrlIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static RunningStore store;
  @TempDir static Path data;

  @BeforeAll
  static void start() throws IOException {
    store = new RunningStore(data);
    try (S3Client s3 = store.client()) {
      s3.createBucket(b -> b.bucket("photos"));
    }
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @AfterEach
  void realTime() {
    store.now.set(null);
  }

  private static String put(AwsCredentials who, String key) {
    try (S3Presigner presigner = store.presigner(who)) {
      return presigner
          .presignPutObject(p ->
              p.signatureDuration(Duration.ofMinutes(5))
                  .putObjectRequest(o -> o.bucket("photos").key(key)))
          .url()
          .toString();
    }
  }

  private static String get(AwsCredentials who, String key) {
    try (S3Presigner presigner = store.presigner(who)) {
      return presigner
          .presignGetObject(p ->
              p.signatureDuration(Duration.ofMinutes(5))
                  .getObjectRequest(o -> o.bucket("photos").key(key)))
          .url()
          .toString();
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.txt", "a folder/ü +%41&=.txt", "(odd)!'*,;:@$"})
  void whatGoesUpComesDown(String key) throws Exception {
    var up =
        send(
            to(put(RunningStore.TEST, key))
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("content of " + key)));
    assertThat(up.statusCode()).as(up.body()).isEqualTo(200);
    assertThat(up.headers().firstValue("ETag")).isPresent();
    assertThat(up.headers().firstValue("x-amz-request-id").orElseThrow()).matches("[0-9A-F]{16}");
    var down = send(to(get(RunningStore.TEST, key)));
    assertThat(down.statusCode()).isEqualTo(200);
    assertThat(down.body()).isEqualTo("content of " + key);
    assertThat(down.headers().firstValue("Content-Type")).contains("text/plain");
  }

  @Test
  void uploadsThatWaitForAContinueWork() throws Exception {
    var up =
        send(
            to(put(RunningStore.TEST, "continue"))
                .expectContinue(true)
                .PUT(BodyPublishers.ofByteArray(new byte[100_000])));
    assertThat(up.statusCode()).isEqualTo(200);
  }

  @Test
  void anEmptyObjectIsAnObject() throws Exception {
    assertThat(send(to(put(RunningStore.TEST, "empty")).PUT(BodyPublishers.noBody())).statusCode())
        .isEqualTo(200);
    var down = send(to(get(RunningStore.TEST, "empty")));
    assertThat(down.statusCode()).isEqualTo(200);
    assertThat(down.body()).isEmpty();
  }

  @Test
  void anExpiredUrlIsRefused() throws Exception {
    String url = get(RunningStore.TEST, "plain.txt");
    store.now.set(Instant.now().plus(Duration.ofMinutes(6)));
    var late = send(to(url));
    assertThat(late.statusCode()).isEqualTo(403);
    assertThat(late.body())
        .contains(
            "<Code>AccessDenied</Code><Message>Request has expired</Message>",
            "<X-Amz-Expires>300</X-Amz-Expires><Expires>");
    assertThat(late.headers().firstValue("Content-Type")).contains("application/xml");
  }

  @ParameterizedTest
  @CsvSource({
    "plain.txt, other.txt, SignatureDoesNotMatch",
    "/photos/, /videos/, SignatureDoesNotMatch",
    "Expires=300, Expires=3000, SignatureDoesNotMatch",
    "%2Feu-central-1%2F, %2Feu-west-1%2F, SignatureDoesNotMatch",
    "Credential=test, Credential=toast, InvalidAccessKeyId",
    "X-Amz-Signature=, X-Amz-Signature=0, AuthorizationQueryParametersError",
    "X-Amz-Algorithm=AWS4-HMAC-SHA256, X-Amz-Algorithm=none, AuthorizationQueryParametersError",
    "Expires=300, Expires=604801, AuthorizationQueryParametersError",
    "SignedHeaders=host, SignedHeaders=range, AuthorizationQueryParametersError",
  })
  void aTamperedUrlIsRefused(String part, String instead, String code) throws Exception {
    String url = get(RunningStore.TEST, "plain.txt");
    assertThat(url).contains(part);
    var answer = send(to(url.replace(part, instead)));
    assertThat(answer.statusCode()).isIn(400, 403);
    assertThat(answer.body()).contains("<Code>" + code + "</Code>");
    if (code.equals("SignatureDoesNotMatch")) { // by which a client finds what it signed wrongly
      assertThat(answer.body())
          .contains(
              "<AWSAccessKeyId>test</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256\n",
              "<CanonicalRequest>GET\n/",
              "</CanonicalRequestBytes><RequestId>");
    }
  }

  @Test
  void aUrlIsGoodForItsMethodOnly() throws Exception {
    String url = get(RunningStore.TEST, "plain.txt");
    assertThat(send(to(url).PUT(BodyPublishers.ofString("x"))).statusCode()).isEqualTo(403);
    assertThat(send(to(url).DELETE()).statusCode()).isEqualTo(403);
    assertThat(send(to(url).HEAD()).statusCode()).isEqualTo(403);
  }

  @Test
  void noSignatureMeansNoAccess() throws Exception {
    var answer = send(to(store.endpoint() + "/photos/plain.txt"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
  }

  @Test
  void temporaryCredentialsPresignToo() throws Exception {
    Credential role =
        store.temporary.mint(
            "000000000000",
            "arn:aws:sts::000000000000:assumed-role/r/presign",
            Duration.ofHours(1));
    AwsCredentials who =
        AwsSessionCredentials.create(
            role.accessKeyId(), role.secretAccessKey(), String.valueOf(role.sessionToken()));
    assertThat(send(to(put(who, "temporary")).PUT(BodyPublishers.ofString("t"))).statusCode())
        .isEqualTo(200);
    String url = get(who, "temporary");
    assertThat(send(to(url)).body()).isEqualTo("t");
    String changed = url.replace("X-Amz-Security-Token=", "X-Amz-Security-Token=x");
    assertThat(send(to(changed)).body()).contains("<Code>InvalidToken</Code>");
  }

  @Test
  void virtualHostsNameTheBucket() throws Exception {
    for (String host : new String[] {"photos.localhost", "photos.s3.localhost"}) {
      URI base = URI.create("http://s3.localhost:" + store.port());
      String url;
      try (S3Presigner presigner =
          S3Presigner.builder()
              .endpointOverride(
                  host.contains("s3") ? base : URI.create("http://localhost:" + store.port()))
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(StaticCredentialsProvider.create(RunningStore.TEST))
              .build()) {
        url =
            presigner
                .presignPutObject(p ->
                    p.signatureDuration(Duration.ofMinutes(5))
                        .putObjectRequest(o -> o.bucket("photos").key("by/host")))
                .url()
                .toString();
      }
      assertThat(url).startsWith("http://" + host);
      assertThat(RawHttp.put(store.port(), URI.create(url), "via " + host))
          .startsWith("HTTP/1.1 200");
      assertThat(send(to(get(RunningStore.TEST, "by/host"))).body()).isEqualTo("via " + host);
    }
  }

  @Test
  void anUploadInPartsNeedsNothingButUrls() throws Exception {
    Duration soon = Duration.ofMinutes(5);
    try (S3Presigner presigner = store.presigner(RunningStore.TEST)) {
      String begin =
          presigner
              .presignCreateMultipartUpload(p ->
                  p.signatureDuration(soon)
                      .createMultipartUploadRequest(r -> r.bucket("photos").key("in parts")))
              .url()
              .toString();
      String begun = send(to(begin).POST(BodyPublishers.noBody())).body();
      String id = begun.replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
      StringBuilder parts = new StringBuilder("<CompleteMultipartUpload>");
      for (int part = 1; part <= 2; part++) {
        int number = part;
        String url =
            presigner
                .presignUploadPart(p ->
                    p.signatureDuration(soon)
                        .uploadPartRequest(r ->
                            r.bucket("photos").key("in parts").uploadId(id).partNumber(number)))
                .url()
                .toString();
        byte[] bytes = new byte[number == 1 ? 5 * 1024 * 1024 : 7];
        HttpResponse<String> sent = send(to(url).PUT(BodyPublishers.ofByteArray(bytes)));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        parts
            .append("<Part><PartNumber>")
            .append(number)
            .append("</PartNumber><ETag>")
            .append(sent.headers().firstValue("ETag").orElseThrow().replace("\"", "&quot;"))
            .append("</ETag></Part>");
      }
      String end =
          presigner
              .presignCompleteMultipartUpload(p ->
                  p.signatureDuration(soon)
                      .completeMultipartUploadRequest(
                          r -> r.bucket("photos").key("in parts").uploadId(id)))
              .url()
              .toString();
      String all = parts.append("</CompleteMultipartUpload>").toString();
      HttpResponse<String> ended = send(to(end).POST(BodyPublishers.ofString(all)));
      assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
      String head =
          presigner
              .presignHeadObject(p ->
                  p.signatureDuration(soon)
                      .headObjectRequest(r -> r.bucket("photos").key("in parts")))
              .url()
              .toString();
      HttpResponse<String> seen = send(to(head).method("HEAD", BodyPublishers.noBody()));
      assertThat(seen.statusCode()).isEqualTo(200);
      assertThat(seen.headers().firstValueAsLong("Content-Length")).hasValue(5_242_887);
    }
  }

  @Test
  void aLargeObjectStreamsThroughASmallHeap() throws Exception {
    long size = Long.getLong("gatehouse.large-object-mebibytes", 200) * 1024 * 1024;
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(size);
    Pattern body = new Pattern(size);
    var up =
        send(
            to(put(RunningStore.TEST, "large"))
                .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), size)));
    assertThat(up.statusCode()).isEqualTo(200);
    HttpResponse<InputStream> down =
        HTTP.send(to(get(RunningStore.TEST, "large")).build(), BodyHandlers.ofInputStream());
    assertThat(down.headers().firstValueAsLong("Content-Length")).hasValue(size);
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = down.body()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    }
    assertThat(crc.getValue()).isEqualTo(body.crc());
  }

  /** Bytes that can be made again. */
  private static final class Pattern extends InputStream {
    private final CRC32 crc = new CRC32();
    private final long size;
    private long at;

    Pattern(long size) {
      this.size = size;
    }

    long crc() {
      return crc.getValue();
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (at == size) {
        return -1;
      }
      int count = (int) Math.min(length, size - at);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = (byte) ((at + i) * 31 >> 7);
      }
      at += count;
      crc.update(bytes, offset, count);
      return count;
    }
  }
}
