package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Routes that a token opens, with a real issuer and hostile tokens. */
class JwtAuthorizerTest {
  private static final String ECHO = "arn:aws:lambda:us-east-1:123456789012:function:echo";
  private static final String UNAUTHORIZED = "{\"message\":\"Unauthorized\"}";
  private static final long MINUTE = 60_000_000_000L;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final AtomicLong nanos = new AtomicLong();

  private RunningGateway serving(Definitions api, URI issuer) throws Exception {
    return RunningGateway.start(
        api,
        new GatewayPorts(
            now::get,
            nanos::get,
            invocation ->
                CompletableFuture.completedFuture(
                    new FunctionInvoker.Returned(invocation.payload())),
            RunningGateway.CALLERS,
            RunningGateway::policy,
            Map.of(TestIssuer.NAME, issuer),
            ApiKeyGuard.CLOSED,
            (destination, line) -> {},
            null,
            null,
            call -> HttpReply.json(404, "{}")));
  }

  private static Definitions guarded() {
    return new Definitions().jwt(TestIssuer.NAME, TestIssuer.audience());
  }

  private static Definitions open() {
    return guarded().function("GET /x", ECHO, "2.0", 30_000);
  }

  private static String get(RunningGateway gateway, String token) throws Exception {
    return gateway.exchange("GET /x", "Authorization: Bearer " + token);
  }

  private static JsonNode authorizer(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200");
    return Json.mapper()
        .readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4))
        .at("/requestContext/authorizer");
  }

  private static void assertInvalid(String answer, String description) {
    assertThat(answer)
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase(
            "\r\nwww-authenticate: Bearer scope=\"\" error=\"invalid_token\" error_description=\""
                + description
                + "\"\r\n")
        .endsWith("\r\n\r\n" + UNAUTHORIZED);
  }

  @Test
  void withoutATokenTheClientIsAskedForOne() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      for (String header : List.of("X: y", "Authorization: ", "Authorization: Bearer ")) {
        assertThat(gateway.exchange("GET /x", header))
            .startsWith("HTTP/1.1 401")
            .containsIgnoringCase("\r\nwww-authenticate: Bearer\r\n")
            .endsWith(UNAUTHORIZED);
      }
      assertThat(issuer.fetches).hasValue(0);
    }
  }

  @Test
  void claimsComeAsTextsAndScopesAsNull() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      String claims =
          TestIssuer.claims(
              4_102_444_800L,
              ",\"aud\":[\"z\",\"aud\"],\"scope\":\"a b\",\"groups\":[\"a\",\"b\"],\"yes\":true,"
                  + "\"o\":{\"k\":1,\"b\":\"c\"},\"f\":1.50,\"e\":1e9,\"none\":null,\"huge\":1e999");
      String token = issuer.signed(claims);
      JsonNode told = authorizer(get(gateway, token));
      assertThat(told.propertyNames()).containsExactly("jwt");
      assertThat(told.at("/jwt/scopes").isNull()).isTrue();
      Map<String, String> expected =
          Map.of(
              "exp", "4102444800",
              "aud", "[z aud]",
              "scope", "a b",
              "groups", "[a b]",
              "yes", "true",
              "o", "map[b:c k:1]",
              "f", "1.5",
              "e", "1000000000",
              "none", "<nil>");
      expected.forEach((name, text) ->
          assertThat(told.at("/jwt/claims/" + name).stringValue()).as(name).isEqualTo(text));
      assertThat(gateway.exchange("GET /x", "Authorization: " + token))
          .as("without Bearer")
          .startsWith("HTTP/1.1 200");
      assertThat(issuer.fetches).hasValue(1);
    }
  }

  @Test
  void format1HasNoJwtLevelAndMappingsReadClaims() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            serving(
                guarded()
                    .http(
                        "GET /x",
                        backend.url(),
                        "ANY",
                        30_000,
                        Map.of("append:header.x-sub", "$context.authorizer.claims.sub"),
                        Map.of()),
                issuer.address())) {
      assertThat(get(gateway, issuer.token(",\"sub\":\"me\""))).startsWith("HTTP/1.1 200");
      assertThat(backend.nextHead()).containsIgnoringCase("x-sub: me");
    }
  }

  @Test
  void oneAudienceIsEnoughAndClientIdCountsOnlyWithoutAny() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      long later = 4_102_444_800L;
      String wrong = "the token does not have a valid audience";
      assertThat(get(gateway, issuer.signed(TestIssuer.claims(later, ",\"client_id\":\"aud\""))))
          .startsWith("HTTP/1.1 200");
      for (String claims :
          List.of(
              "",
              ",\"aud\":\"other\"",
              ",\"aud\":\"Aud\"",
              ",\"aud\":[]",
              ",\"aud\":null,\"client_id\":\"aud\"",
              ",\"aud\":\"other\",\"client_id\":\"aud\"",
              ",\"client_id\":[\"aud\"]")) {
        assertInvalid(get(gateway, issuer.signed(TestIssuer.claims(later, claims))), wrong);
      }
    }
  }

  @Test
  void scopesOfTheRouteAreAnyOf() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway =
            serving(
                guarded().scopes("a", "b").function("GET /x", ECHO, "2.0", 30_000),
                issuer.address())) {
      assertThat(
              authorizer(get(gateway, issuer.token(",\"scope\":\"b c\"")))
                  .at("/jwt/scopes")
                  .toString())
          .isEqualTo("[\"b\",\"c\"]");
      assertThat(get(gateway, issuer.token(",\"scp\":[\"a\"]"))).startsWith("HTTP/1.1 200");
      assertThat(get(gateway, issuer.token(",\"scp\":\"a\""))).startsWith("HTTP/1.1 200");
      assertThat(
              authorizer(get(gateway, issuer.token(",\"scope\":\"c\",\"scp\":[\"a\",\"c\"]")))
                  .at("/jwt/scopes")
                  .toString())
          .isEqualTo("[\"c\",\"a\"]");
      for (String claims : List.of("", ",\"scope\":\"c ab\"", ",\"scopes\":\"a\"")) {
        String token = issuer.token(claims);
        for (int i = 0; i < 2; i++) {
          assertThat(get(gateway, token))
              .startsWith("HTTP/1.1 403")
              .containsIgnoringCase(
                  "www-authenticate: Bearer scope=\"a b\" error=\"insufficient_scope\"")
              .endsWith("\r\n\r\n{\"message\":\"Forbidden\"}");
        }
      }
    }
  }

  @Test
  void timesAreHeldToTheSecond() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      now.set(Instant.ofEpochSecond(2_000_000_000L));
      String good = issuer.signed(TestIssuer.claims(2_000_000_001L, ",\"aud\":\"aud\""));
      assertThat(get(gateway, good)).startsWith("HTTP/1.1 200");
      now.set(Instant.ofEpochSecond(2_000_000_001L));
      assertInvalid(get(gateway, good), "the token has expired");
      assertInvalid(
          get(gateway, issuer.signed(TestIssuer.claims(2_000_000_000L, ",\"aud\":\"aud\""))),
          "the token has expired");
      String ahead = ",\"aud\":\"aud\",\"nbf\":2000000002";
      assertInvalid(
          get(gateway, issuer.signed(TestIssuer.claims(2_100_000_000L, ahead))),
          "the token is not valid yet");
      String born = ",\"aud\":\"aud\",\"iat\":2000000002";
      assertInvalid(
          get(gateway, issuer.signed(TestIssuer.claims(2_100_000_000L, born))),
          "the token was issued in the future");
      assertInvalid(
          get(gateway, issuer.signed("{\"iss\":\"" + TestIssuer.NAME + "\",\"aud\":\"aud\"}")),
          "the token has no expiry");
    }
  }

  @Test
  void aRememberedTokenFollowsAClockThatJumps() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      Instant start = Instant.ofEpochSecond(2_000_000_000L);
      now.set(start);
      String token =
          issuer.signed(TestIssuer.claims(2_000_000_100L, ",\"aud\":\"aud\",\"nbf\":2000000000"));
      assertThat(get(gateway, token)).startsWith("HTTP/1.1 200");
      now.set(start.minusSeconds(1));
      assertInvalid(get(gateway, token), "the token is not valid yet");
      now.set(start.plusSeconds(100));
      assertInvalid(get(gateway, token), "the token has expired");
      now.set(start);
      assertThat(get(gateway, token)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void numbersThatNoDoubleHoldsAreTimesToo() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      String far = "1" + "0".repeat(400);
      String claims = "{\"iss\":\"" + TestIssuer.NAME + "\",\"aud\":\"aud\",\"exp\":" + far;
      assertThat(get(gateway, issuer.signed(claims + "}"))).startsWith("HTTP/1.1 200");
      assertInvalid(
          get(gateway, issuer.signed(claims + ",\"nbf\":" + far + "}")),
          "the token is not valid yet");
    }
  }

  @Test
  void theIssuerIsHeldToTheLetter() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      String claims = TestIssuer.claims(4_102_444_800L, ",\"aud\":\"aud\"");
      assertInvalid(
          get(gateway, issuer.signed(claims.replace("/pool", "/pool/"))),
          "the token does not have a valid issuer");
    }
  }

  @Test
  void onlyRsaSignaturesCount() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      String claims = TestIssuer.claims(4_102_444_800L, ",\"aud\":\"aud\"");
      JWSObject symmetric =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), new Payload(claims));
      symmetric.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
      assertInvalid(get(gateway, symmetric.serialize()), "signing method HS256 is invalid");
      for (String algorithm : List.of("none", "None", "nOnE")) {
        String unsigned = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}");
        assertInvalid(
            get(gateway, unsigned + "." + base64(claims) + "."),
            "signing method " + algorithm + " is invalid");
      }
      String injected = base64("{\"alg\":\"x\\r\\nSet-Cookie: a=b\",\"kid\":\"k1\"}");
      assertInvalid(
          get(gateway, injected + "." + base64(claims) + ".AA"), "signing method is invalid");
      assertThat(issuer.fetches).hasValue(0);
      assertThat(
              get(
                  gateway,
                  issuer.signed(new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("k1"), claims)))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aTokenThatWasTouchedIsRefused() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        TestIssuer impostor = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      String token = issuer.token("");
      String[] parts = token.split("\\.");
      assertThat(get(gateway, token)).startsWith("HTTP/1.1 200");
      String other = base64(TestIssuer.claims(4_102_444_801L, ",\"aud\":\"aud\""));
      assertInvalid(
          get(gateway, parts[0] + "." + other + "." + parts[2]), "the token signature is invalid");
      assertInvalid(get(gateway, impostor.token("")), "the token signature is invalid");
      String jku =
          impostor.signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID("k1")
                  .jwk(impostor.key().toPublicJWK())
                  .jwkURL(URI.create(impostor.address() + "/jwks")),
              TestIssuer.claims(4_102_444_800L, ",\"aud\":\"aud\""));
      assertInvalid(get(gateway, jku), "the token signature is invalid");
      assertThat(impostor.fetches).hasValue(0);
    }
  }

  @Test
  void whatIsNoTokenIsRefused() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      assertInvalid(get(gateway, "x"), "token contains an invalid number of segments");
      assertInvalid(get(gateway, "a.b.c.d"), "token contains an invalid number of segments");
      assertInvalid(get(gateway, "!.!.!"), "the token is malformed");
      assertInvalid(
          get(gateway, base64("{\"alg\":\"RS256\"}") + ".e30.AA"), "the token has no kid");
      String good = issuer.token("");
      assertInvalid(get(gateway, good + "="), "the token is malformed");
      assertThat(get(gateway, good)).startsWith("HTTP/1.1 200");
      assertInvalid(
          get(gateway, issuer.signed("{\"iss\":\"a\",\"iss\":\"" + TestIssuer.NAME + "\"}")),
          "the token has no claims");
      assertInvalid(
          get(gateway, issuer.signed("[" + "[".repeat(2_000) + "]".repeat(2_000) + "]")),
          "the token has no claims");
      assertThat(get(gateway, issuer.token(",\"pad\":\"" + "x".repeat(100_000) + "\"")))
          .startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void aRotatedKeyIsFetchedOnceAMinuteAndTheOldTokensFall() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      String old = issuer.token("");
      assertThat(get(gateway, old)).startsWith("HTTP/1.1 200");
      String fresh = issuer.rotate("k2").token("");
      assertThat(get(gateway, fresh)).startsWith("HTTP/1.1 200");
      assertThat(issuer.fetches).hasValue(2);
      String unknown = "unable to find a signing key for the kid of the token";
      assertInvalid(get(gateway, old), unknown);
      String next = issuer.rotate("k3").token("");
      assertInvalid(get(gateway, next), unknown);
      assertThat(issuer.fetches).hasValue(2);
      nanos.addAndGet(MINUTE);
      assertThat(get(gateway, next)).startsWith("HTTP/1.1 200");
      assertThat(issuer.fetches).hasValue(3);
    }
  }

  @Test
  void anIssuerThatIsDownLeavesItsKeysInForce() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      assertThat(get(gateway, issuer.token(""))).startsWith("HTTP/1.1 200");
      issuer.down(true, true);
      nanos.addAndGet(120 * MINUTE);
      assertThat(get(gateway, issuer.token(",\"n\":1"))).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anIssuerThatNeverAnsweredIsSaidToBeDownUntilItIsUp() throws Exception {
    try (TestIssuer issuer = new TestIssuer();
        RunningGateway gateway = serving(open(), issuer.address())) {
      issuer.down(true, false);
      assertInvalid(get(gateway, issuer.token("")), "OIDC discovery endpoint communication error");
      nanos.addAndGet(MINUTE);
      issuer.down(false, true);
      assertInvalid(get(gateway, issuer.token("")), "JWKS communication error");
      issuer.down(false, false);
      assertInvalid(get(gateway, issuer.token("")), "JWKS communication error");
      nanos.addAndGet(MINUTE);
      assertThat(get(gateway, issuer.token(""))).startsWith("HTTP/1.1 200");
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
