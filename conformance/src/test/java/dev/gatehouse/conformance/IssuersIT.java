package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Issuer;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import dev.gatehouse.conformance.rig.Vector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Issuers that are down, slow, mad or busy with new keys. */
class IssuersIT {
  private static final String NO_DOCUMENT = "OIDC discovery endpoint communication error";
  private static final String NO_KEYS = "JWKS communication error";
  private static final String UNKNOWN = "unable to find a signing key for the kid of the token";
  private static final int LONGEST = 150_000;

  /** What a test asks of an API that trusts an issuer. */
  private interface Questions {
    void ask(RunningGatehouse gw, HttpApi api, Issuer issuer) throws Exception;
  }

  private static void withApi(Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String url = api.url(backend.url());
        api.guard("GET /x", url, "JWT", api.jwt(issuer.name(), "aud")).serve();
        questions.ask(gw, api, issuer);
      }
    });
  }

  private static Reply get(HttpApi api, String token) throws IOException {
    return api.get("/x", "Authorization: Bearer " + token);
  }

  private static void assertInvalid(Reply reply, String description) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(401);
    assertThat(reply.headers("www-authenticate"))
        .containsExactly(
            "Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + description + "\"");
  }

  private static void becomesGood(HttpApi api, String token) throws Exception {
    Eventually.eventually(
        "the issuer is asked again",
        Duration.ofSeconds(10),
        () -> get(api, token).status() == 200 ? Optional.of(true) : Optional.empty());
  }

  @Test
  @Vector("H90")
  void anIssuerThatIsDownIsNamedAndAskedAgain() throws Exception {
    withApi((gw, api, issuer) -> {
      issuer.discovery(exchange -> Backend.text(exchange, 503, "{}"));
      String token = issuer.token("");
      assertInvalid(get(api, token), NO_DOCUMENT);
      issuer.discovery(issuer::document);
      issuer.jwks(exchange -> Backend.text(exchange, 200, "{\"keys\":\"none\"}"));
      Eventually.eventually(
          "the keys are asked for",
          Duration.ofSeconds(10),
          () ->
              get(api, token).toString().contains(NO_KEYS) ? Optional.of(true) : Optional.empty());
      issuer.jwks(issuer::keySet);
      becomesGood(api, token);
    });
  }

  @Test
  void anIssuerThatDoesNotAnswerCostsARequestSecondsAtMost() throws Exception {
    withApi((gw, api, issuer) -> {
      issuer.discovery(issuer::never);
      assertWithinBounds(api, issuer.token(""), NO_DOCUMENT);
    });
    withApi((gw, api, issuer) -> {
      issuer.jwks(exchange -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        issuer.never(exchange);
      });
      assertWithinBounds(api, issuer.token(""), NO_KEYS);
    });
  }

  private static void assertWithinBounds(HttpApi api, String token, String description)
      throws IOException {
    long start = System.nanoTime();
    assertInvalid(get(api, token), description);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(6));
  }

  @Test
  void anAuthorizerIsNotMadeOfAnIssuerThatNeverEndsItsDocument() throws Exception {
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      issuer.discovery(exchange -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        issuer.never(exchange);
      });
      try (HttpApi api = HttpApi.create(gw)) {
        long start = System.nanoTime();
        Reply reply =
            gw.control()
                .post(
                    api.path("/authorizers"),
                    """
                    {"name":"j","authorizerType":"JWT",
                     "identitySource":["$request.header.Authorization"],
                     "jwtConfiguration":{"issuer":"%s","audience":["a"]}}\
                    """
                        .formatted(issuer.name()));
        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(System.nanoTime() - start).isLessThan(6_000_000_000L);
      }
    });
  }

  @Test
  void aKeySetMayHave150000Bytes() throws Exception {
    withApi((gw, api, issuer) -> {
      issuer.jwks(exchange -> padded(issuer, exchange, LONGEST));
      assertThat(get(api, issuer.token("")).status()).isEqualTo(200);
    });
    withApi((gw, api, issuer) -> {
      issuer.jwks(exchange -> padded(issuer, exchange, LONGEST + 1));
      assertInvalid(get(api, issuer.token("")), NO_KEYS);
    });
  }

  private static void padded(Issuer issuer, HttpExchange exchange, int length) throws IOException {
    String keys = issuer.keySet();
    Backend.text(exchange, 200, keys + " ".repeat(length - keys.length()));
  }

  @Test
  void keysThatAreOfNoUseSpoilNoOther() throws Exception {
    withApi((gw, api, issuer) -> {
      issuer.publishAlso(
          """
          {"kty":"EC","crv":"P-256","kid":"e","x":"AA","y":"AA"},{"kty":"RSA","kid":"k2"},
          {"kty":"oct","kid":"o","k":"c2VjcmV0"},{"kty":"RSA","n":"!","e":"AQAB","kid":"k3"},
          {"kty":"new"},17,{"kty":"RSA","n":"AQ","e":"AQ","kid":"tiny"}\
          """);
      assertThat(get(api, issuer.token("")).status()).isEqualTo(200);
      String unusable = "{\"alg\":\"RS256\",\"kid\":\"k2\"}";
      assertInvalid(get(api, Issuer.signed(unusable, issuer.claims(""), "k2")), UNKNOWN);
    });
  }

  @Test
  void aRotatedKeyFailsNoRequest() throws Exception {
    withApi((gw, api, issuer) -> {
      String old = issuer.token("");
      assertThat(get(api, old).status()).isEqualTo(200);
      issuer.publish("k1", "k2");
      String header = "{\"alg\":\"RS256\",\"kid\":\"k2\"}";
      String fresh = Issuer.signed(header, issuer.claims(""), "k2");
      assertThat(get(api, fresh).status()).isEqualTo(200);
      assertThat(get(api, old).status()).isEqualTo(200);
      assertThat(issuer.fetches()).isEqualTo(2);
    });
  }

  @Test
  void aKeyThatIsGoneTakesItsTokensWithIt() throws Exception {
    withApi((gw, api, issuer) -> {
      String old = issuer.token("");
      assertThat(get(api, old).status()).isEqualTo(200);
      issuer.publish("k2");
      String header = "{\"alg\":\"RS256\",\"kid\":\"k2\"}";
      assertThat(get(api, Issuer.signed(header, issuer.claims(""), "k2")).status()).isEqualTo(200);
      assertInvalid(get(api, old), UNKNOWN);
    });
  }

  @Test
  void anIssuerThatIsDownLeavesItsKeysInForce() throws Exception {
    withApi((gw, api, issuer) -> {
      assertThat(get(api, issuer.token("")).status()).isEqualTo(200);
      issuer.discovery(issuer::never);
      String unknown = Issuer.signed("{\"alg\":\"RS256\",\"kid\":\"?\"}", issuer.claims(""), "k2");
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  get(api, unknown);
                } catch (IOException gone) {
                  throw new UncheckedIOException(gone);
                }
              });
      Eventually.eventually(
          "the issuer is asked",
          Duration.ofSeconds(10),
          () -> issuer.discoveries() >= 3 ? Optional.of(true) : Optional.empty());
      long start = System.nanoTime();
      assertThat(get(api, issuer.token(",\"n\":1")).status()).isEqualTo(200);
      assertThat(System.nanoTime() - start).as("waits for nobody").isLessThan(1_000_000_000L);
      waiting.join();
    });
  }

  /** The longest that somebody waits who brings a good token, mostly one that is new. */
  private static Duration slowest(HttpApi api, Issuer issuer, AtomicBoolean over) {
    Duration slowest = Duration.ZERO;
    for (int i = 0; !over.get(); i++) {
      long start = System.nanoTime();
      try {
        assertThat(get(api, issuer.token(",\"jti\":" + i / 2)).status()).isEqualTo(200);
      } catch (IOException | GeneralSecurityException lost) {
        throw new IllegalStateException(lost);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    return slowest;
  }

  /** Ten thousand tokens that nobody signed, of which each names another key. */
  @Test
  void aFloodOfBadTokensIsNoFloodOfFetches() throws Exception {
    withApi((gw, api, issuer) -> {
      assertThat(get(api, issuer.token("")).status()).isEqualTo(200);
      int discoveries = issuer.discoveries();
      AtomicBoolean over = new AtomicBoolean();
      Future<Duration> slowest = CompletableFuture.supplyAsync(() -> slowest(api, issuer, over));
      String claims = "." + Issuer.base64(issuer.claims("")) + ".c2ln\r\n\r\n";
      try (Socket socket = new Socket("127.0.0.1", gw.port())) {
        socket.setSoTimeout(30_000);
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        for (int batch = 0; batch < 100; batch++) {
          StringBuilder requests = new StringBuilder();
          for (int i = 0; i < 100; i++) {
            String header = "{\"alg\":\"RS256\",\"kid\":\"bad-" + batch + "-" + i + "\"}";
            requests.append("GET /x HTTP/1.1\r\nHost: ").append(api.host());
            requests.append("\r\nAuthorization: ").append(Issuer.base64(header)).append(claims);
          }
          out.write(requests.toString().getBytes(StandardCharsets.ISO_8859_1));
          for (int i = 0; i < 100; i++) {
            assertThat(answers.readLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
            while (!answers.readLine().isEmpty()) {
              // the rest of the head
            }
            answers.skip("{\"message\":\"Unauthorized\"}".length());
          }
        }
      } finally {
        over.set(true);
      }
      assertThat(slowest.get()).as("others are served").isLessThan(Duration.ofSeconds(5));
      assertThat(issuer.fetches()).as("one more for the first unknown key").isEqualTo(2);
      assertThat(issuer.discoveries()).isEqualTo(discoveries + 1);
      assertThat(get(api, issuer.token(",\"n\":2")).status()).isEqualTo(200);
    });
  }
}
