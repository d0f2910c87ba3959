package dev.gatehouse.wire.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests with the signatures that AWS's own documentation prints for them: nobody's signer but
 * AWS's made these.
 */
class PublishedSignaturesTest {
  private static final String S3_KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String S3_SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String S3_DATE = "20130524T000000Z";

  private final SignatureVerifier verifier = new SignatureVerifier(new SigningKeys(4));

  private static HttpCall call(String method, String target, List<String> lines) {
    List<Headers.Header> headers = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      headers.add(new Headers.Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new HttpCall(
        method,
        target,
        new Headers(headers),
        InputStream.nullInputStream(),
        0,
        new InetSocketAddress("127.0.0.1", 1),
        false);
  }

  private Verdict verdict(HttpCall call, String secret, String hash) {
    Claim claim = SdkCalls.claim(call);
    return verifier.verify(call, claim, secret, hash, claim.at());
  }

  private static HttpCall signed(
      String method,
      String target,
      List<String> lines,
      String key,
      String scope,
      String names,
      String signature) {
    List<String> all = new ArrayList<>(lines);
    all.add(
        "Authorization: AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(key, scope, names, signature));
    return call(method, target, all);
  }

  /** "Authenticating Requests: Using the Authorization Header", S3's API reference [C]. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/test.txt|range: bytes=0-9|host;range;x-amz-content-sha256;x-amz-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855|f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "PUT|/test%24file.text|x-amz-storage-class: REDUCED_REDUNDANCY|date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class|44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072|98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
        "GET|/?lifecycle|x: y|host;x-amz-content-sha256;x-amz-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855|fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "GET|/?max-keys=2&prefix=J|x: y|host;x-amz-content-sha256;x-amz-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855|34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      })
  void headersOfS3(
      String method, String target, String line, String names, String hash, String signature) {
    List<String> lines =
        List.of(
            "Host: examplebucket.s3.amazonaws.com",
            "Date: Fri, 24 May 2013 00:00:00 GMT",
            "x-amz-date: " + S3_DATE,
            "x-amz-content-sha256: " + hash,
            line);
    String scope = "20130524/us-east-1/s3/aws4_request";
    HttpCall good = signed(method, target, lines, S3_KEY, scope, names, signature);
    assertThat(verdict(good, S3_SECRET, hash)).isEqualTo(new Verdict.Valid());
    HttpCall other = signed(method, target + "x", lines, S3_KEY, scope, names, signature);
    assertThat(verdict(other, S3_SECRET, hash)).isEqualTo(new Verdict.Mismatch());
  }

  /** "Authenticating Requests: Using Query Parameters", S3's API reference [C]. */
  @ParameterizedTest
  @CsvSource("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
  void aPresignedUrlOfS3(String signature) {
    String target =
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
            + "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
            + "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
            + signature;
    HttpCall call = call("GET", target, List.of("Host: examplebucket.s3.amazonaws.com"));
    Claim claim = SdkCalls.claim(call);
    Instant later = claim.at().plusSeconds(86_399);
    assertThat(verifier.verify(call, claim, S3_SECRET, "UNSIGNED-PAYLOAD", later))
        .isEqualTo(new Verdict.Valid());
    assertThat(verifier.verify(call, claim, S3_SECRET, "UNSIGNED-PAYLOAD", later.plusSeconds(1)))
        .isInstanceOf(Verdict.Expired.class);
  }

  /** "Signature Version 4 signing process" (ListUsers), and the test suite's get-vanilla [C]. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/?Action=ListUsers&Version=2010-05-08|iam.amazonaws.com|iam|content-type;host;x-amz-date|5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
        "/|example.amazonaws.com|service|host;x-amz-date|5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
      })
  void headersOfOtherServices(
      String target, String host, String service, String names, String signature) {
    List<String> lines =
        List.of(
            "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
            "Host: " + host,
            "X-Amz-Date: 20150830T123600Z");
    String scope = "20150830/us-east-1/" + service + "/aws4_request";
    HttpCall call = signed("GET", target, lines, "AKIDEXAMPLE", scope, names, signature);
    assertThat(verdict(call, SdkCalls.SECRET, Sha256.EMPTY)).isEqualTo(new Verdict.Valid());
  }
}
