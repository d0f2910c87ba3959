package dev.gatehouse.wire.sigv4;

import static dev.gatehouse.wire.sigv4.SdkCalls.KEY;
import static dev.gatehouse.wire.sigv4.SdkCalls.NOW;
import static dev.gatehouse.wire.sigv4.SdkCalls.SECRET;
import static dev.gatehouse.wire.sigv4.SdkCalls.claim;
import static dev.gatehouse.wire.sigv4.SdkCalls.request;
import static dev.gatehouse.wire.sigv4.SdkCalls.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;

final class PayloadChecksTest {
  private final SignatureVerifier verifier = new SignatureVerifier(new SigningKeys(4));

  private HttpCall checked(HttpCall call) throws IOException {
    Claim claim = claim(call);
    Payload payload = Payload.declared(call, claim).orElseThrow();
    assertThat(verifier.verify(call, claim, SECRET, payload.text(), NOW))
        .isEqualTo(new Verdict.Valid());
    return PayloadChecks.apply(call, payload, () -> verifier.chunkSigner(claim, SECRET));
  }

  private static HttpCall streamed(byte[] body, boolean signed, ChecksumAlgorithm checksum) {
    return SdkCalls.signed(
        request("PUT", "/bucket/key").putHeader("Content-Length", "" + body.length).build(),
        body,
        "s3",
        KEY,
        sign -> {
          sign.putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true)
              .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, signed);
          if (checksum != null) {
            sign.putProperty(AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM, checksum);
          }
        });
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static HttpCall withBody(HttpCall call, byte[] body) {
    return new HttpCall(
        call.method(),
        call.target(),
        call.headers(),
        new ByteArrayInputStream(body),
        body.length,
        call.peer(),
        call.secure());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 131_072, 300_001})
  void theSdksChunkedBodiesComeOutWhole(int size) throws IOException {
    byte[] body = random(size);
    for (HttpCall call :
        List.of(
            streamed(body, true, null),
            streamed(body, true, DefaultChecksumAlgorithm.CRC32),
            streamed(body, true, DefaultChecksumAlgorithm.SHA256),
            streamed(body, false, DefaultChecksumAlgorithm.CRC32),
            streamed(body, false, DefaultChecksumAlgorithm.SHA1))) {
      assertThat(call.headers().first("x-amz-content-sha256").orElseThrow())
          .startsWith("STREAMING-");
      HttpCall plain = checked(call);
      assertThat(plain.bodyLength()).isEqualTo(size);
      assertThat(plain.headers().first("Content-Encoding")).isEmpty();
      assertThat(plain.body().readAllBytes()).isEqualTo(body);
    }
  }

  @Test
  void noChangedByteOfAChunkedBodyIsHandedOnWhole() throws IOException {
    byte[] body = utf8("forty-two");
    for (HttpCall call :
        List.of(
            streamed(body, true, null),
            streamed(body, true, DefaultChecksumAlgorithm.CRC32),
            streamed(body, false, DefaultChecksumAlgorithm.CRC32))) {
      byte[] framed = call.body().readAllBytes();
      for (int i = 0; i < framed.length; i++) {
        byte[] changed = framed.clone();
        changed[i] ^= 1;
        InputStream in = checked(withBody(call, changed)).body();
        assertNeverWhole(in, body.length);
        assertNeverWhole(checked(withBody(call, Arrays.copyOf(framed, i))).body(), body.length);
      }
    }
  }

  /** Reads until it is refused: what came before must be short of what was promised. */
  private static void assertNeverWhole(InputStream in, int length) {
    int[] count = {0};
    assertThatThrownBy(
            () -> {
              while (in.read() >= 0) {
                count[0]++;
              }
            })
        .isInstanceOf(PayloadRejected.class);
    assertThat(count[0]).isLessThan(length);
  }

  @Test
  void aHashedBodyIsHeldToItsHash() throws IOException {
    HttpCall call = SdkCalls.header(request("PUT", "/b/k").build(), utf8("body"), "s3", KEY);
    assertThat(checked(call).body().readAllBytes()).isEqualTo(utf8("body"));
    assertNeverWhole(checked(withBody(call, utf8("bodY"))).body(), 4);
    assertNeverWhole(checked(withBody(call, new byte[0])).body(), 4);
  }

  @ParameterizedTest
  @EnumSource(dev.gatehouse.wire.sigv4.ChecksumAlgorithm.class)
  void aChecksumHeaderIsHeldTo(dev.gatehouse.wire.sigv4.ChecksumAlgorithm algorithm)
      throws IOException {
    // the checksums of "123456789", as the catalogues of CRCs and FIPS 180-4 give them
    String value =
        switch (algorithm) {
          case CRC32 -> "y/Q5Jg==";
          case CRC32C -> "4waSgw==";
          case CRC64NVME -> "rosUhgp5mIg=";
          case SHA1 -> "98O8HYCOBHMq32eZZczDTKeuNEE=";
          case SHA256 -> "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=";
        };
    HttpCall call =
        new HttpCall(
            "PUT",
            "/b/k",
            Headers.of(algorithm.header(), value),
            new ByteArrayInputStream(utf8("123456789")),
            9,
            new InetSocketAddress("127.0.0.1", 1),
            false);
    HttpCall checked = PayloadChecks.apply(call, new Payload.Unsigned(), () -> null);
    assertThat(checked.body().readAllBytes()).isEqualTo(utf8("123456789"));
    HttpCall bad =
        PayloadChecks.apply(withBody(call, utf8("123456780")), new Payload.Unsigned(), () -> null);
    assertNeverWhole(bad.body(), 9);
  }

  @Test
  void anUnknownPayloadFormIsRefused() {
    HttpCall call =
        SdkCalls.with(
            streamed(utf8("x"), true, null),
            "PUT",
            "/b/k",
            Headers.of("x-amz-content-sha256", "S"));
    assertThatThrownBy(() -> PayloadChecks.apply(call, new Payload.Unknown("S"), () -> null))
        .isInstanceOf(PayloadRejected.class);
  }
}
