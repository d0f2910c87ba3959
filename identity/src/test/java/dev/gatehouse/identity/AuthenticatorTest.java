package dev.gatehouse.identity;

import static dev.gatehouse.identity.Calls.NOW;
import static dev.gatehouse.identity.Calls.plain;
import static dev.gatehouse.identity.Calls.signed;
import static dev.gatehouse.identity.Calls.withHeader;
import static dev.gatehouse.identity.Calls.withTarget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.identity.Authenticator.Mode;
import dev.gatehouse.model.Scope;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.sigv4.PayloadRejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
  private static final Credential ANN =
      new Credential(
          "AKIAANN", "s3cret", null, "111122223333", "arn:aws:iam::111122223333:user/ann");
  private static final Credential WRONG =
      new Credential(
          "AKIAANN", "wrong", null, "111122223333", "arn:aws:iam::111122223333:user/ann");
  private static final Credential STRANGER =
      new Credential("AKIAELSE", "other", null, "999999999999", "arn:aws:iam::999999999999:root");

  private Instant now = NOW;
  private final TemporaryCredentials temporary =
      new TemporaryCredentials(MasterSecret.random(new Random(1)), () -> now, new Random(2));

  private Authenticator authenticator(Mode mode) {
    Credentials keys = new AccessKeys(mode == Mode.OPEN, List.of(ANN)).or(temporary);
    return new Authenticator(mode, keys, () -> now, 1000);
  }

  private Authentication control(Mode mode, HttpCall call) {
    try {
      return authenticator(mode).authenticate(call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Authentication object(HttpCall call) {
    return authenticator(Mode.OPEN).authenticateObject(call);
  }

  private static String code(Authentication authentication) {
    return switch (authentication) {
      case Authentication.Authenticated _ -> "ok";
      case Authentication.Refused(int status, String code, String _, var _) -> status + " " + code;
    };
  }

  private static Caller caller(Authentication authentication) {
    return ((Authentication.Authenticated) authentication).caller();
  }

  private static HttpCall apis(Credential who) {
    return signed(who, "apigateway", "POST", "/v2/apis", "{\"name\":\"a\"}", null);
  }

  @Test
  void openModeBelievesAnySignatureAndNamesTheAccountByTheKey() {
    assertThat(caller(control(Mode.OPEN, apis(WRONG))))
        .isEqualTo(
            new Caller(
                new Scope("111122223333", "eu-central-1"),
                "apigateway",
                "AKIAANN",
                "arn:aws:iam::111122223333:user/ann"));
    assertThat(caller(control(Mode.OPEN, apis(STRANGER))).scope().account())
        .isEqualTo("000000000000");
    Credential digits = new Credential("444455556666", "x", null, "", "");
    assertThat(caller(control(Mode.OPEN, apis(digits))).scope().account())
        .isEqualTo("444455556666");
  }

  @Test
  void openModeStillNeedsASignature() {
    assertThat(code(control(Mode.OPEN, plain("GET", "/v2/apis", "Host", "localhost"))))
        .isEqualTo("403 MissingAuthenticationTokenException");
    assertThat(
            code(control(Mode.OPEN, plain("GET", "/v2/apis", "Authorization", "Basic dGVzdA=="))))
        .isEqualTo("403 IncompleteSignatureException");
  }

  @Test
  void openModeLeavesTheBodyUnread() throws IOException {
    HttpCall call = apis(ANN);
    control(Mode.OPEN, call);
    assertThat(call.body().available()).isPositive();
  }

  @Test
  void verifyModeChecksTheSignatureAndHandsTheBodyOn() throws IOException {
    Authentication.Authenticated good =
        (Authentication.Authenticated) control(Mode.VERIFY, apis(ANN));
    assertThat(good.caller().scope().account()).isEqualTo("111122223333");
    assertThat(new String(good.call().body().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("{\"name\":\"a\"}");
    assertThat(code(control(Mode.VERIFY, apis(WRONG)))).isEqualTo("403 InvalidSignatureException");
    assertThat(code(control(Mode.VERIFY, apis(STRANGER))))
        .isEqualTo("403 UnrecognizedClientException");
    HttpCall otherBody = apis(ANN);
    assertThat(
            code(
                control(
                    Mode.VERIFY,
                    Calls.call(
                        "POST", otherBody.target(), otherBody.headers(), "{\"name\":\"b\"}"))))
        .isEqualTo("403 InvalidSignatureException");
  }

  @Test
  void verifyModeHasNoWellKnownKeys() {
    Credential test = new Credential("test", "test", null, "000000000000", "");
    assertThat(code(control(Mode.VERIFY, apis(test)))).isEqualTo("403 UnrecognizedClientException");
  }

  @Test
  void verifyModeRefusesOldSignaturesAndLargeBodies() {
    HttpCall call = apis(ANN);
    now = NOW.plus(Duration.ofMinutes(16));
    assertThat(code(control(Mode.VERIFY, call))).isEqualTo("403 InvalidSignatureException");
    now = NOW;
    HttpCall large = signed(ANN, "lambda", "POST", "/f", "x".repeat(1001), null);
    assertThat(code(control(Mode.VERIFY, large))).isEqualTo("413 RequestEntityTooLargeException");
    HttpCall unsaid =
        new HttpCall("POST", "/f", large.headers(), large.body(), -1, large.peer(), false);
    assertThat(code(control(Mode.VERIFY, unsaid))).isEqualTo("413 RequestEntityTooLargeException");
  }

  @Test
  void temporaryCredentialsAreGoodInVerifyMode() {
    Credential role =
        temporary.mint(
            "111122223333",
            "arn:aws:sts::111122223333:assumed-role/r/presign",
            Duration.ofHours(1));
    assertThat(caller(control(Mode.VERIFY, apis(role))).principalArn())
        .isEqualTo("arn:aws:sts::111122223333:assumed-role/r/presign");
    now = NOW.plus(Duration.ofHours(2));
    assertThat(code(control(Mode.VERIFY, apis(role)))).isEqualTo("403 ExpiredTokenException");
  }

  @Test
  void objectCallsAreCheckedEvenInOpenMode() {
    assertThat(code(object(signed(ANN, "s3", "GET", "/b/k", "", null)))).isEqualTo("ok");
    assertThat(code(object(plain("GET", "/b/k")))).isEqualTo("403 AccessDenied");
    assertThat(code(object(signed(WRONG, "s3", "GET", "/b/k", "", null))))
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(code(object(signed(STRANGER, "s3", "GET", "/b/k", "", null))))
        .isEqualTo("403 InvalidAccessKeyId");
    assertThat(code(object(signed(ANN, "lambda", "GET", "/b/k", "", null))))
        .isEqualTo("400 AuthorizationHeaderMalformed");
    assertThat(code(object(plain("GET", "/b/k", "Authorization", "AWS a:b"))))
        .isEqualTo("400 AuthorizationHeaderMalformed");
  }

  @Test
  void presignedUrlsExpire() {
    HttpCall url = signed(ANN, "s3", "GET", "/b/k", "", Duration.ofMinutes(5));
    assertThat(code(object(url))).isEqualTo("ok");
    now = NOW.plus(Duration.ofMinutes(5));
    assertThat(object(url))
        .isInstanceOfSatisfying(
            Authentication.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("AccessDenied");
              assertThat(refused.message()).isEqualTo("Request has expired");
              assertThat(refused.more())
                  .containsEntry("X-Amz-Expires", "300")
                  .containsKeys("Expires", "ServerTime");
            });
    now = NOW.minus(Duration.ofMinutes(16));
    assertThat(code(object(url))).isEqualTo("403 AccessDenied");
    now = NOW;
    String noExpiry = url.target().replaceFirst("&X-Amz-Expires=300", "");
    assertThat(noExpiry).isNotEqualTo(url.target());
    assertThat(code(object(withTarget(url, noExpiry))))
        .isEqualTo("400 AuthorizationQueryParametersError");
    assertThat(code(object(withTarget(url, url.target().replace("/b/k", "/b/l")))))
        .isEqualTo("403 SignatureDoesNotMatch");
  }

  @Test
  void aPresignedUrlSpeaksForNoUnsignedAmzHeader() {
    HttpCall url = signed(ANN, "s3", "PUT", "/b/k", "", Duration.ofMinutes(5));
    assertThat(code(object(withHeader(url, "Content-Type", "image/png")))).isEqualTo("ok");
    assertThat(code(object(withHeader(url, "X-Amz-Acl", "public-read"))))
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void aTokenIsGoodForItsOwnKeyOnly() {
    Credential one = temporary.mint("111122223333", "arn:aws:sts::1:r", Duration.ofHours(1));
    Credential two = temporary.mint("111122223333", "arn:aws:sts::1:r", Duration.ofHours(1));
    assertThat(code(object(signed(one, "s3", "GET", "/b/k", "", Duration.ofMinutes(5)))))
        .isEqualTo("ok");
    Credential mixed =
        new Credential(
            one.accessKeyId(), one.secretAccessKey(), two.sessionToken(), "1", "arn:aws:sts::1:r");
    assertThat(code(object(signed(mixed, "s3", "GET", "/b/k", "", null))))
        .isEqualTo("400 InvalidToken");
    HttpCall url = signed(one, "s3", "GET", "/b/k", "", Duration.ofHours(5));
    now = NOW.plus(Duration.ofHours(2));
    assertThat(code(object(url))).isEqualTo("400 ExpiredToken");
  }

  @Test
  void anObjectsBodyIsHeldToItsHashWhileItIsRead() {
    HttpCall put = signed(ANN, "s3", "PUT", "/b/k", "right", null);
    HttpCall other = Calls.call("PUT", put.target(), put.headers(), "wrong");
    Authentication.Authenticated accepted = (Authentication.Authenticated) object(other);
    assertThatThrownBy(() -> accepted.call().body().readAllBytes())
        .isInstanceOf(PayloadRejected.class);
  }
}
