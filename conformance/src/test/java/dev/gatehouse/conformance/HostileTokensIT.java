package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Issuer;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Tokens that were made to be taken for good ones; none of them may be. */
class HostileTokensIT {
  private static final String GOOD = "{\"alg\":\"RS256\",\"kid\":\"k1\"}";

  /** What a test asks of an API that trusts an issuer. */
  private interface Questions {
    void ask(HttpApi api, Issuer issuer) throws Exception;
  }

  private static void withApi(Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String url = api.url(backend.url());
        api.guard("GET /x", url, "JWT", api.jwt(issuer.name(), "aud")).serve();
        assertThat(get(api, issuer.token("")).status()).isEqualTo(200);
        backend.taken();
        questions.ask(api, issuer);
        assertThat(backend.idle()).as("nothing got through").isTrue();
      }
    });
  }

  private static Reply get(HttpApi api, String token) throws IOException {
    return api.get("/x", "Authorization: Bearer " + token);
  }

  private static void assertAllRefused(HttpApi api, Map<String, String> tokens) throws IOException {
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      Reply reply = get(api, token.getValue());
      assertThat(reply.status()).as("%s: %s", token.getKey(), reply).isEqualTo(401);
      assertThat(reply.text()).isEqualTo("{\"message\":\"Unauthorized\"}");
      assertThat(reply.header("www-authenticate").orElseThrow())
          .as(token.getKey())
          .matches("Bearer scope=\"\" error=\"invalid_token\" error_description=\"[^\"]+\"");
    }
  }

  private static String hmac(String header, String claims, byte[] secret)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String text = Issuer.base64(header) + "." + Issuer.base64(claims);
    return text + "." + Issuer.base64(mac.doFinal(text.getBytes()));
  }

  /** The public key as the text that careless libraries take for a shared secret. */
  private static byte[] pem() {
    String key = Base64.getMimeEncoder().encodeToString(Issuer.publicKey("k1").getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n").getBytes();
  }

  @Test
  void signaturesThatAreNone() throws Exception {
    withApi((api, issuer) -> {
      String claims = issuer.claims("");
      String good = issuer.token("");
      String body = Issuer.base64(claims);
      String symmetric = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";
      String signature = good.substring(good.lastIndexOf('.') + 1);
      Map<String, String> tokens = new LinkedHashMap<>();
      for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
        String header = "{\"alg\":\"" + none + "\",\"kid\":\"k1\"}";
        tokens.put("alg " + none, Issuer.base64(header) + "." + body + ".");
        tokens.put("signed alg " + none, Issuer.base64(header) + "." + body + "." + signature);
      }
      tokens.put("no alg", Issuer.signed("{\"kid\":\"k1\"}", claims, "k1"));
      tokens.put("alg of two", Issuer.signed("{\"alg\":[\"RS256\"],\"kid\":\"k1\"}", claims, "k1"));
      tokens.put("HS256 with the PEM", hmac(symmetric, claims, pem()));
      tokens.put(
          "HS256 with the key", hmac(symmetric, claims, Issuer.publicKey("k1").getEncoded()));
      tokens.put("HS256 called RS256", hmac(GOOD, claims, pem()));
      tokens.put("no signature", Issuer.base64(GOOD) + "." + body + ".");
      tokens.put("two parts", Issuer.base64(GOOD) + "." + body);
      tokens.put("four parts", good + "." + signature);
      tokens.put("another's key", Issuer.signed(GOOD, claims, "k2"));
      tokens.put("another hash", Issuer.signed(GOOD, claims, "k1", "SHA512withRSA"));
      tokens.put("the bytes turned round", good.substring(0, good.length() - 4) + "AAAA");
      tokens.put("padded", good + "=");
      tokens.put("with a line end in it", good.replace(".", "%0A."));
      assertAllRefused(api, tokens);
    });
  }

  @Test
  void keysThatTheSenderBrings() throws Exception {
    withApi((api, issuer) -> {
      String claims = issuer.claims("");
      String n = Issuer.base64(Issuer.publicKey("k2").getModulus().toByteArray());
      String jwk = "{\"kty\":\"RSA\",\"kid\":\"k1\",\"e\":\"AQAB\",\"n\":\"" + n + "\"}";
      try (Backend hostile =
          Backend.start(exchange -> Backend.text(exchange, 200, "{\"keys\":[" + jwk + "]}"))) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String header :
            List.of(
                "\"kid\":\"k1\",\"jwk\":" + jwk,
                "\"kid\":\"k1\",\"jku\":\"" + hostile.url() + "/jwks\"",
                "\"kid\":\"k1\",\"x5u\":\"" + hostile.url() + "/x5u\"",
                "\"kid\":\"k1\",\"x5c\":[\"AAAA\"]",
                "\"kid\":\"" + hostile.url() + "/jwks\"",
                "\"kid\":\"../../../../dev/null\"",
                "\"kid\":\"k1' OR '1'='1\"",
                "\"kid\":\"\"",
                "\"kid\":null",
                "\"kid\":[\"k1\"]",
                "\"kid\":\"k1\",\"kid\":\"k2\"",
                "\"typ\":\"JWT\"")) {
          tokens.put(header, Issuer.signed("{\"alg\":\"RS256\"," + header + "}", claims, "k2"));
        }
        assertAllRefused(api, tokens);
        assertThat(hostile.idle()).as("nobody asks where the sender says").isTrue();
        assertThat(issuer.fetches()).isEqualTo(2);
      }
    });
  }

  @Test
  void headersThatMustBeUnderstood() throws Exception {
    withApi((api, issuer) -> {
      Map<String, String> tokens = new LinkedHashMap<>();
      for (String header :
          List.of(
              "\"crit\":[\"b64\"],\"b64\":true",
              "\"crit\":[\"b64\"],\"b64\":false",
              "\"b64\":false",
              "\"crit\":[\"exp\"],\"exp\":1",
              "\"crit\":[]",
              "\"crit\":null")) {
        String head = "{\"alg\":\"RS256\",\"kid\":\"k1\"," + header + "}";
        tokens.put(header, Issuer.signed(head, issuer.claims(""), "k1"));
      }
      assertAllRefused(api, tokens);
    });
  }

  @Test
  void claimsThatAreAlmostRight() throws Exception {
    withApi((api, issuer) -> {
      long now = System.currentTimeMillis() / 1_000;
      String name = "\"iss\":\"" + issuer.name();
      Map<String, String> tokens = new LinkedHashMap<>();
      for (String claims :
          List.of(
              name + "/\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER,
              name.toUpperCase(Locale.ROOT) + "\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER,
              "\"iss\":[\"" + issuer.name() + "\"],\"aud\":\"aud\",\"exp\":" + Issuer.LATER,
              "\"aud\":\"aud\",\"exp\":" + Issuer.LATER,
              name + "\",\"aud\":\"aud\"",
              name + "\",\"aud\":\"aud\",\"exp\":" + (now - 1),
              name + "\",\"aud\":\"aud\",\"exp\":\"" + Issuer.LATER + "\"",
              name + "\",\"aud\":\"aud\",\"exp\":null",
              name + "\",\"aud\":\"aud\",\"exp\":-1",
              name + "\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER + ",\"nbf\":" + (now + 600),
              name + "\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER + ",\"iat\":" + (now + 600),
              name + "\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER + ",\"nbf\":\"0\"",
              name + "\",\"aud\":\"other\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER,
              name + "\",\"aud\":\"aud\",\"exp\":1,\"exp\":" + Issuer.LATER,
              "\"iss\":\"x\"," + name + "\",\"aud\":\"aud\",\"exp\":" + Issuer.LATER,
              name + "\",\"aud\":{\"aud\":\"aud\"},\"exp\":" + Issuer.LATER,
              name + "\",\"aud\":[[\"aud\"]],\"exp\":" + Issuer.LATER)) {
        tokens.put(claims, Issuer.signed("{" + claims + "}"));
      }
      assertAllRefused(api, tokens);
    });
  }

  @Test
  void tokensThatAreNoJson() throws Exception {
    withApi((api, issuer) -> {
      Map<String, String> tokens = new LinkedHashMap<>();
      String deep = "[".repeat(1_500) + "]".repeat(1_500);
      for (String claims :
          List.of(
              "", "null", "[]", "\"text\"", "{", "{}{}", deep, "{\"a\":" + deep + "}", "\u0000")) {
        tokens.put(claims, Issuer.signed(claims));
      }
      for (String header : List.of("", "null", "[]", "{", deep, GOOD + GOOD, "\"RS256\"")) {
        tokens.put("header " + header, Issuer.signed(header, issuer.claims(""), "k1"));
      }
      for (String odd : List.of(".", "..", "...", "a.b.c", "\u00e9.\u00e9.\u00e9", "Bearer", ",")) {
        tokens.put("'" + odd + "'", odd);
      }
      assertAllRefused(api, tokens);
      Reply huge = get(api, issuer.token(",\"pad\":\"" + "x".repeat(100_000) + "\""));
      assertThat(huge.status()).as("%s", huge).isEqualTo(431);
    });
  }

  @Test
  void aTokenInTwoHeadersIsNoToken() throws Exception {
    withApi((api, issuer) -> {
      String good = "Authorization: Bearer " + issuer.token("");
      Reply reply = api.get("/x", good, "Authorization: Bearer x");
      assertThat(reply.status()).as("%s", reply).isEqualTo(401);
    });
  }
}
