package dev.gatehouse.objects;

import static dev.gatehouse.objects.SharedStore.data;
import static dev.gatehouse.objects.SharedStore.s3;
import static dev.gatehouse.objects.SharedStore.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects that are answered for from their files. */
@ExtendWith(SharedStore.class)
final class ObjectFilesIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SHA_OF_HELLO = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

  private static String putUrl(Consumer<PutObjectRequest.Builder> object) {
    try (S3Presigner presigner = store().presigner(RunningStore.TEST)) {
      return presigner
          .presignPutObject(p ->
              p.signatureDuration(Duration.ofMinutes(5))
                  .putObjectRequest(o -> object.accept(o.bucket("photos"))))
          .url()
          .toString();
    }
  }

  private static String getUrl(Consumer<GetObjectRequest.Builder> object) {
    try (S3Presigner presigner = store().presigner(RunningStore.TEST)) {
      return presigner
          .presignGetObject(p ->
              p.signatureDuration(Duration.ofMinutes(5))
                  .getObjectRequest(o -> object.accept(o.bucket("photos"))))
          .url()
          .toString();
    }
  }

  private static HttpResponse<String> put(String key, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(putUrl(o -> o.key(key))))
            .PUT(BodyPublishers.ofString(body));
    return HTTP.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String key, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(getUrl(o -> o.key(key))));
    return HTTP.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void noProcessIsNeededForThem(@TempDir Path fresh) throws Exception {
    Files.createDirectories(fresh.resolve("objects/photos"));
    try (RunningStore other = new RunningStore(fresh);
        S3Client client = other.client()) {
      client.putObject(b -> b.bucket("photos").key("a/k"), RequestBody.fromString("kept"));
      assertThat(client.getObjectAsBytes(b -> b.bucket("photos").key("a/k")).asUtf8String())
          .isEqualTo("kept");
      assertThat(client.headObject(b -> b.bucket("photos").key("a/k")).contentLength())
          .isEqualTo(4);
      assertThat(other.proxy.process()).isNull();
      assertThat(client.listObjectsV2(b -> b.bucket("photos")).contents())
          .extracting(S3Object::key)
          .containsExactly("a/k");
    }
  }

  @Test
  void whatIsSaidOfAnObjectIsKeptWhoeverWritesIt() throws Exception {
    s3().putObject(
            b ->
                b.bucket("photos")
                    .key("said/direct")
                    .contentType("image/png")
                    .contentDisposition("attachment; filename=\"a.png\"")
                    .contentLanguage("de")
                    .cacheControl("max-age=5")
                    .expires(Instant.parse("2030-01-02T03:04:05Z"))
                    .metadata(Map.of("camera", "box", "empty", "")),
            RequestBody.fromString("pixels"));
    s3().copyObject(b ->
        b.sourceBucket("photos")
            .sourceKey("said/direct")
            .destinationBucket("photos")
            .destinationKey("said/copied"));
    s3().copyObject(b ->
        b.sourceBucket("photos")
            .sourceKey("said/direct")
            .destinationBucket("photos")
            .destinationKey("said/changed")
            .metadataDirective(MetadataDirective.REPLACE)
            .contentType("image/gif")
            .metadata(Map.of("camera", "phone")));
    for (String key : new String[] {"said/direct", "said/copied"}) {
      assertThat(get(key).headers().firstValue("Expires"))
          .contains("Wed, 02 Jan 2030 03:04:05 GMT");
      GetObjectResponse said = s3().getObject(b -> b.bucket("photos").key(key)).response();
      assertThat(said.contentType()).isEqualTo("image/png");
      assertThat(said.contentDisposition()).isEqualTo("attachment; filename=\"a.png\"");
      assertThat(said.contentLanguage()).isEqualTo("de");
      assertThat(said.cacheControl()).isEqualTo("max-age=5");
      assertThat(said.metadata()).isEqualTo(Map.of("camera", "box", "empty", ""));
      assertThat(said.acceptRanges()).isEqualTo("bytes");
    }
    GetObjectResponse changed =
        s3().getObject(b -> b.bucket("photos").key("said/changed")).response();
    assertThat(changed.contentType()).isEqualTo("image/gif");
    assertThat(changed.metadata()).isEqualTo(Map.of("camera", "phone"));
  }

  @Test
  void anObjectWithoutATypeHasThatOfS3() throws Exception {
    assertThat(put("untyped", "x").statusCode()).isEqualTo(200);
    assertThat(get("untyped").headers().firstValue("Content-Type")).contains("binary/octet-stream");
  }

  @Test
  void aUrlMayNameTheHeadersOfItsAnswer() throws Exception {
    put("named", "x", "Content-Type", "text/plain", "Cache-Control", "no-store");
    String url =
        getUrl(o ->
            o.key("named")
                .responseContentType("text/csv")
                .responseContentDisposition("attachment; filename=ü.csv"));
    HttpResponse<String> answer =
        HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/csv");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment; filename=");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    String split = getUrl(o -> o.key("named").responseContentType("text/csv\r\nX-Evil: 1"));
    HttpResponse<String> refused =
        HTTP.send(HttpRequest.newBuilder(URI.create(split)).build(), BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("X-Evil")).isEmpty();
  }

  @Test
  void rangesBeyondTheObjectAreToldSo() throws Exception {
    put("ten", "0123456789");
    HttpResponse<String> part = get("ten", "Range", "bytes=-3");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("789");
    HttpResponse<String> beyond = get("ten", "Range", "bytes=10-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.body()).contains("<Code>InvalidRange</Code>");
    assertThat(get("ten", "Range", "bytes=2-3", "If-Range", "\"other\"").body())
        .isEqualTo("0123456789");
    assertThat(get("ten", "If-Match", "\"other\"").body())
        .contains("<Code>PreconditionFailed</Code>");
  }

  @Test
  void aHashThatIsNotTheBodysKeepsTheOldObject() throws Exception {
    put("hashed", "old");
    String other = "XUFAKrxLKna5cZ2REBfFkg=="; // of "hello"
    assertThat(put("hashed", "new", "Content-MD5", other).body())
        .contains("<Code>BadDigest</Code>");
    assertThat(put("hashed", "new", "Content-MD5", "nonsense").body())
        .contains("<Code>InvalidDigest</Code>");
    assertThat(get("hashed").body()).isEqualTo("old");
    assertThat(put("hashed", "hello", "Content-MD5", other).statusCode()).isEqualTo(200);
    assertThat(incoming()).isZero();
  }

  @Test
  void anObjectMayBeMadeOnlyWhereThereIsNone() throws Exception {
    assertThat(put("once", "first", "If-None-Match", "*").statusCode()).isEqualTo(200);
    HttpResponse<String> again = put("once", "second", "If-None-Match", "*");
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.body()).contains("<Code>PreconditionFailed</Code>");
    assertThat(get("once").body()).isEqualTo("first");
  }

  @Test
  void checksumsComeBackWhereTheyAreAskedFor() {
    var up =
        s3().putObject(
                b -> b.bucket("photos").key("summed").checksumSHA256(SHA_OF_HELLO),
                RequestBody.fromString("hello"));
    assertThat(up.checksumSHA256()).isEqualTo(SHA_OF_HELLO);
    var asked =
        s3().headObject(b -> b.bucket("photos").key("summed").checksumMode(ChecksumMode.ENABLED));
    assertThat(asked.checksumSHA256()).isEqualTo(SHA_OF_HELLO);
    assertThat(asked.metadata()).isEmpty();
    assertThatThrownBy(() ->
            s3().putObject(
                    b -> b.bucket("photos").key("summed").checksumSHA256(SHA_OF_HELLO),
                    RequestBody.fromString("help")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  void namesThatFilesCannotHaveTogetherAreRefused() throws Exception {
    put("way", "file");
    assertThat(put("way/below", "x").body()).contains("<Code>InvalidArgument</Code>");
    put("folder/below", "x");
    assertThat(put("folder", "x").body()).contains("<Code>InvalidArgument</Code>");
    assertThat(get("folder").statusCode()).isEqualTo(404);
    assertThat(get("way/below").statusCode()).isEqualTo(404);
    assertThat(get("way").body()).isEqualTo("file");
  }

  @Test
  void moreMetadataThanS3TakesIsRefused() {
    assertThatThrownBy(() ->
            s3().putObject(
                    b -> b.bucket("photos").key("meta").metadata(Map.of("m", "x".repeat(2048))),
                    RequestBody.fromString("x")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MetadataTooLarge"));
    s3().putObject(
            b -> b.bucket("photos").key("meta").metadata(Map.of("m", "x".repeat(2047))),
            RequestBody.fromString("x"));
    assertThat(s3().headObject(b -> b.bucket("photos").key("meta")).metadata().get("m"))
        .hasSize(2047);
  }

  @Test
  void moreThanFiveGibibytesAreRefusedUnread() throws Exception {
    HttpCall huge =
        new HttpCall(
            "PUT",
            "/photos/huge",
            Headers.of(),
            InputStream.nullInputStream(),
            (5L << 30) + 1,
            new InetSocketAddress("127.0.0.1", 1),
            false);
    Path bucket = data().resolve("objects/photos");
    Incoming incoming = new Incoming(data().resolve("elsewhere"), new SecureRandom());
    assertThat(new ObjectWrites(incoming, true).put(huge, bucket, bucket.resolve("huge")))
        .isInstanceOfSatisfying(
            Answer.Failed.class, refused -> assertThat(refused.code()).isEqualTo("EntityTooLarge"));
  }

  @Test
  void anUploadThatIsCutLeavesNothing() throws Exception {
    put("cut", "old");
    URI url = URI.create(putUrl(o -> o.key("cut")));
    try (Socket socket = new Socket("127.0.0.1", store().port())) {
      String head =
          "PUT %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 1000000\r\n\r\n"
              .formatted(url.getRawPath(), url.getRawQuery(), url.getAuthority());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(new byte[300_000]);
      await(() -> incoming() == 1);
    }
    await(() -> incoming() == 0);
    assertThat(get("cut").body()).isEqualTo("old");
    assertThat(s3().listObjectsV2(b -> b.bucket("photos").prefix("cut")).contents())
        .extracting(S3Object::key)
        .containsExactly("cut");
  }

  @Test
  void whatACrashLeftIsDeleted(@TempDir Path crashed) throws Exception {
    Files.createDirectories(crashed.resolve("objects/photos"));
    Path half = Files.createDirectories(crashed.resolve("objects-incoming")).resolve("0123");
    Files.writeString(half, "half of an obj");
    try (RunningStore other = new RunningStore(crashed);
        S3Client client = other.client()) {
      client.putObject(b -> b.bucket("photos").key("k"), RequestBody.fromString("whole"));
      assertThat(half).doesNotExist();
    }
  }

  @Test
  void aBucketThatIsGoneStaysGone() throws Exception {
    s3().createBucket(b -> b.bucket("going"));
    s3().deleteBucket(b -> b.bucket("going"));
    assertThatThrownBy(
            () -> s3().putObject(b -> b.bucket("going").key("a/b"), RequestBody.fromString("x")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NoSuchBucket"));
    assertThat(data().resolve("objects/going")).doesNotExist();
  }

  @Test
  void readersSeeOneObjectOrTheOther() throws Exception {
    String[] bodies = {"a".repeat(70_000), "b".repeat(90_000)};
    put("both", bodies[0], "Content-Type", "text/a");
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 1; !done.get(); i++) {
                String body = bodies[i % 2];
                s3().putObject(
                        b -> b.bucket("photos").key("both").contentType("text/" + body.charAt(0)),
                        RequestBody.fromString(body));
              }
            });
    try {
      for (int i = 0; i < 100; i++) {
        ResponseBytes<GetObjectResponse> read =
            s3().getObjectAsBytes(b -> b.bucket("photos").key("both"));
        String text = read.asUtf8String();
        assertThat(text).isIn(bodies[0], bodies[1]);
        assertThat(read.response().contentType()).isEqualTo("text/" + text.charAt(0));
        String md5 =
            HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(read.asByteArray()));
        assertThat(read.response().eTag()).isEqualTo('"' + md5 + '"');
      }
    } finally {
      done.set(true);
      writer.join();
    }
  }

  private static long incoming() {
    try (var files = Files.list(data().resolve("objects-incoming"))) {
      return files.count();
    } catch (IOException e) {
      return -1;
    }
  }

  private static void await(BooleanSupplier condition) {
    Instant deadline = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
    }
  }
}
