package dev.gatehouse.wire.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.InputStream;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimReaderTest {
  private static final String SIGNATURE = "0".repeat(64);
  private static final String GOOD =
      "AWS4-HMAC-SHA256 Credential=AKID/20261122/eu-west-1/s3/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature="
          + SIGNATURE;
  private static final String PRESIGNED =
      "/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261122%2Feu-west-1%2Fs3%2Faws4_request"
          + "&X-Amz-Date=20261122T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature="
          + SIGNATURE;

  private static ClaimReader.Reading read(String target, String... headers) {
    return ClaimReader.read(
        new HttpCall(
            "GET",
            target,
            Headers.of(headers),
            InputStream.nullInputStream(),
            0,
            new InetSocketAddress("127.0.0.1", 1),
            false));
  }

  private static ClaimReader.Reading header(String authorization) {
    return read("/", "Authorization", authorization, "X-Amz-Date", "20261122T000000Z");
  }

  @Test
  void bothFormsAreRead() {
    assertThat(header(GOOD)).isInstanceOf(ClaimReader.Signed.class);
    assertThat(read(PRESIGNED)).isInstanceOf(ClaimReader.Signed.class);
    assertThat(read("/k?x=1", "Host", "a")).isEqualTo(new ClaimReader.Unsigned());
  }

  @Test
  void theDateHeaderServesWhereNoAmzDateIs() {
    assertThat(read("/", "Authorization", GOOD, "Date", "Sun, 22 Nov 2026 00:00:00 GMT"))
        .isInstanceOf(ClaimReader.Signed.class);
    assertThat(read("/", "Authorization", GOOD)).isInstanceOf(ClaimReader.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dGVzdDp0ZXN0", "Bearer x", "AWS AKID:sig", "", "AWS4-HMAC-SHA256"})
  void otherSchemesAreMalformed(String authorization) {
    assertThat(header(authorization)).isInstanceOf(ClaimReader.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host;x-amz-date|x-amz-date",
        "AKID/20261122|AKID/20261121",
        "AKID/20261122|AKID/2026112",
        "eu-west-1/s3|eu-west-1",
        "eu-west-1/s3|eu west/s3",
        "AKID/|/",
        "aws4_request|aws5_request",
        "Signature=0|Signature=Z",
        "Signature=0|Signature=",
        "SignedHeaders=|Signedheaders=",
        "host;x-amz-date|host;;x-amz-date",
        "Credential=AKID|Credential=AKID, Credential=AKID",
      })
  void aClaimWithAFaultIsMalformed(String part, String instead) {
    assertThat(GOOD).contains(part);
    assertThat(header(GOOD.replace(part, instead))).isInstanceOf(ClaimReader.Malformed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Expires=60|Expires=604801",
        "Expires=60|Expires=-1",
        "Expires=60|Expires=soon",
        "Expires=60|Expires=60&X-Amz-Expires=61",
        "SignedHeaders=host|SignedHeaders=range",
        "&X-Amz-Date=20261122T000000Z|",
        "20261122T000000Z|20261132T000000Z",
        "AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256",
      })
  void aPresignedUrlWithAFaultIsMalformed(String part, String instead) {
    assertThat(PRESIGNED).contains(part);
    assertThat(read(PRESIGNED.replace(part, instead == null ? "" : instead)))
        .isInstanceOf(ClaimReader.Malformed.class);
  }

  @Test
  void aRequestIsSignedInOneFormOnly() {
    assertThat(read(PRESIGNED, "Authorization", GOOD, "X-Amz-Date", "20261122T000000Z"))
        .isInstanceOf(ClaimReader.Malformed.class);
    assertThat(read("/", "Authorization", GOOD, "Authorization", GOOD))
        .isInstanceOf(ClaimReader.Malformed.class);
  }

  @Test
  void aClaimIsPrintedWithoutSignatureAndToken() {
    assertThat(header(GOOD).toString()).contains("AKID").doesNotContain(SIGNATURE);
  }
}
