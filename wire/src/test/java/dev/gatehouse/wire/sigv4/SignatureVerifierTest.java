package dev.gatehouse.wire.sigv4;

import static dev.gatehouse.wire.sigv4.SdkCalls.KEY;
import static dev.gatehouse.wire.sigv4.SdkCalls.NOW;
import static dev.gatehouse.wire.sigv4.SdkCalls.SECRET;
import static dev.gatehouse.wire.sigv4.SdkCalls.TEMPORARY;
import static dev.gatehouse.wire.sigv4.SdkCalls.claim;
import static dev.gatehouse.wire.sigv4.SdkCalls.request;
import static dev.gatehouse.wire.sigv4.SdkCalls.utf8;
import static dev.gatehouse.wire.sigv4.SdkCalls.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpRequest;

final class SignatureVerifierTest {
  private final SignatureVerifier verifier = new SignatureVerifier(new SigningKeys(16));

  private Verdict verdict(HttpCall call, Instant now) {
    Claim claim = claim(call);
    try {
      String hash =
          claim.scope().service().equals("s3")
              ? Payload.declared(call, claim).orElseThrow().text()
              : Sha256.hex(call.body().readAllBytes());
      call.body().reset();
      return verifier.verify(call, claim, SECRET, hash, now);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertValid(HttpCall call) {
    assertThat(verdict(call, NOW)).as(call.target()).isEqualTo(new Verdict.Valid());
  }

  private void assertRefused(HttpCall call) {
    if (ClaimReader.read(call) instanceof ClaimReader.Signed(Claim claim)
        && Payload.declared(call, claim).isPresent()) {
      assertThat(verdict(call, NOW)).as(call.target()).isNotEqualTo(new Verdict.Valid());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v2/apis",
        "/bucket/a%20b",
        "/bucket/a%2Bb+c",
        "/bucket/%C3%BC/%E2%82%AC",
        "/bucket/a%2Fb",
        "/bucket/100%25",
        "/bucket//double///slash",
        "/bucket/./dot/../dots",
        "/bucket/ends.in.dots/..",
        "/bucket/ends/.",
        "/bucket/slash/",
        "/bucket/~tilde-_.",
        "/bucket/(odd)!'*,;:@$&=",
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A000000000000%3Afunction%3Af/invocations"
      })
  void pathsAreSignedAsTheSdkSignsThem(String path) {
    for (String service : List.of("s3", "lambda")) {
      assertValid(SdkCalls.header(request("GET", path).build(), new byte[0], service, KEY));
      assertValid(SdkCalls.presigned(request("GET", path).build(), service, KEY));
    }
  }

  @Test
  void aPathSpelledInAnotherWayNamesTheSameObject() {
    HttpCall call = SdkCalls.header(request("GET", "/b/a//b%28c").build(), new byte[0], "s3", KEY);
    assertValid(with(call, "GET", "/b/a/%2Fb(c", call.headers()));
    assertRefused(with(call, "GET", "/b/a/b%28c", call.headers()));
  }

  @Test
  void queriesAreSortedEncodedAndKeptWhenEmptyOrRepeated() {
    SdkHttpRequest request =
        request("GET", "/v2/apis")
            .appendRawQueryParameter("b", "2")
            .appendRawQueryParameter("b", "1")
            .appendRawQueryParameter("a b", "c/d+e=ü&")
            .appendRawQueryParameter("A", "upper first")
            .appendRawQueryParameter("empty", "")
            .appendRawQueryParameter("list", null)
            .build();
    for (String service : List.of("s3", "apigateway")) {
      assertValid(SdkCalls.header(request, new byte[0], service, KEY));
      assertValid(SdkCalls.presigned(request, service, KEY));
    }
  }

  @Test
  void theOrderOfTheQueryDoesNotMatterNorDoesAMissingEqualsSign() {
    HttpCall call =
        SdkCalls.header(
            request("GET", "/b")
                .appendRawQueryParameter("location", "")
                .appendRawQueryParameter("z", "1")
                .build(),
            new byte[0],
            "s3",
            KEY);
    assertValid(with(call, "GET", "/b?z=1&location", call.headers()));
    assertValid(with(call, "GET", "/b?&z=1&&location=", call.headers()));
  }

  @Test
  void repeatedHeadersAreJoinedAndWhiteSpaceIsFolded() {
    SdkHttpRequest request =
        request("GET", "/v2/apis")
            .appendHeader("X-Amz-Meta-List", "  b   c\t d ")
            .appendHeader("X-Amz-Meta-List", "a")
            .appendHeader("X-Empty", "")
            .build();
    HttpCall call = SdkCalls.header(request, new byte[0], "apigateway", KEY);
    assertThat(claim(call).signedHeaders()).contains("x-amz-meta-list");
    assertValid(call);
    Headers other = call.headers().without("X-Amz-Meta-List");
    Headers swapped = other.with("X-Amz-Meta-List", "a").with("X-Amz-Meta-List", "b c d");
    assertRefused(with(call, "GET", call.target(), swapped));
    Headers spread = other.with("x-amz-meta-list", "b c d").with("x-amz-meta-list", "a");
    assertValid(with(call, "GET", call.target(), spread));
  }

  @Test
  void bodiesAreCovered() {
    SdkHttpRequest request = request("POST", "/v2/apis").build();
    assertValid(SdkCalls.header(request, utf8("{\"name\":\"a\"}"), "apigateway", KEY));
    assertValid(SdkCalls.header(request, utf8("{\"name\":\"a\"}"), "s3", KEY));
  }

  @Test
  void temporaryCredentialsSendTheirToken() {
    SdkHttpRequest request = request("GET", "/bucket/key").build();
    HttpCall header = SdkCalls.header(request, new byte[0], "s3", TEMPORARY);
    HttpCall query = SdkCalls.presigned(request, "s3", TEMPORARY);
    assertThat(claim(header).sessionToken()).isEqualTo("token/with+odd=characters");
    assertThat(claim(query).sessionToken()).isEqualTo("token/with+odd=characters");
    assertValid(header);
    assertValid(query);
  }

  @Test
  void anyChangedByteIsRefused() {
    SdkHttpRequest request =
        request("PUT", "/bucket/a%20key").appendRawQueryParameter("partNumber", "1").build();
    for (HttpCall call :
        List.of(
            SdkCalls.header(request, utf8("body"), "s3", TEMPORARY),
            SdkCalls.presigned(request, "s3", TEMPORARY),
            SdkCalls.header(request, utf8("body"), "lambda", KEY))) {
      assertValid(call);
      assertRefused(with(call, "POST", call.target(), call.headers()));
      for (String target : changes(call.target())) {
        assertRefused(with(call, call.method(), target, call.headers()));
      }
      for (String name : claim(call).signedHeaders()) {
        String value = call.headers().first(name).orElseThrow();
        for (String changed : changes(value)) {
          Headers headers = call.headers().without(name).with(name, changed);
          assertRefused(with(call, call.method(), call.target(), headers));
        }
        assertRefused(with(call, call.method(), call.target(), call.headers().without(name)));
      }
    }
  }

  /** Every text that differs in one byte and in meaning. */
  private static List<String> changes(String text) {
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
      changes.add(changed);
    }
    return changes;
  }

  @Test
  void aChangedBodyIsRefused() {
    HttpCall call =
        SdkCalls.header(request("POST", "/v2/apis").build(), utf8("{}"), "apigateway", KEY);
    assertThat(verifier.verify(call, claim(call), SECRET, Sha256.hex(utf8("{]")), NOW))
        .isEqualTo(new Verdict.Mismatch());
  }

  @Test
  void anotherSecretIsRefused() {
    HttpCall call = SdkCalls.header(request("GET", "/").build(), new byte[0], "s3", KEY);
    assertThat(verifier.verify(call, claim(call), SECRET + "x", Sha256.EMPTY, NOW))
        .isEqualTo(new Verdict.Mismatch());
  }

  @ParameterizedTest
  @CsvSource({"-901,skewed", "-899,valid", "0,valid", "899,valid", "901,skewed"})
  void clocksMayDifferByFifteenMinutes(long seconds, String verdict) {
    HttpCall call =
        SdkCalls.header(request("GET", "/v2/apis").build(), new byte[0], "apigateway", KEY);
    assertThat(name(verdict(call, NOW.plusSeconds(seconds)))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "-901,notyetvalid",
    "-899,valid",
    "0,valid",
    "599,valid",
    "600,expired",
    "9999,expired"
  })
  void aPresignedUrlIsGoodUntilItExpires(long seconds, String verdict) {
    HttpCall call = SdkCalls.presigned(request("GET", "/bucket/key").build(), "s3", KEY);
    assertThat(name(verdict(call, NOW.plusSeconds(seconds)))).isEqualTo(verdict);
  }

  @Test
  void aLongerExpiryDoesNotReviveAUrl() {
    HttpCall call = SdkCalls.presigned(request("GET", "/bucket/key").build(), "s3", KEY);
    String longer = call.target().replace("X-Amz-Expires=600", "X-Amz-Expires=60000");
    assertThat(longer).isNotEqualTo(call.target());
    assertThat(verdict(with(call, "GET", longer, call.headers()), NOW.plus(Duration.ofMinutes(11))))
        .isEqualTo(new Verdict.Mismatch());
  }

  @Test
  void ourOwnSignerAgreesWithOurVerifier() {
    HttpCall plain =
        new HttpCall(
            "PUT",
            "/bucket/a%20b?x=1",
            Headers.of("Host", "127.0.0.1:9", "x-amz-meta-a", " b  c "),
            new ByteArrayInputStream(new byte[0]),
            0,
            new InetSocketAddress("127.0.0.1", 1),
            false);
    Headers headers =
        new Signer("AKID", SECRET).sign(plain, "us-east-1", "s3", "UNSIGNED-PAYLOAD", NOW);
    assertValid(with(plain, "PUT", plain.target(), headers));
  }

  @Test
  void signingKeysAreBounded() {
    SigningKeys keys = new SigningKeys(8);
    for (int i = 0; i < 100; i++) {
      keys.key(SECRET, new SigningScope("20261122", "region-" + i, "s3"));
    }
    assertThat(keys.size()).isBetween(8, 16);
  }

  private static String name(Verdict verdict) {
    return verdict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
