package dev.gatehouse.gateway;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens with keys and documents of its own, on a free port. */
final class TestIssuer implements AutoCloseable {
  static final String NAME = "https://issuer.example/pool";

  final AtomicInteger fetches = new AtomicInteger();
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private volatile boolean jwksDown;
  private volatile boolean down;
  private volatile RSAKey key = key("k1");

  TestIssuer() throws Exception {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                down ? 503 : 200,
                "{\"issuer\":\"" + NAME + "\",\"jwks_uri\":\"" + address() + "/jwks\"}"));
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          answer(exchange, jwksDown ? 500 : 200, new JWKSet(key.toPublicJWK()).toString());
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static RSAKey key(String id) throws Exception {
    return new RSAKeyGenerator(2_048).keyID(id).generate();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on another key signs, and the old one is not published any more. */
  TestIssuer rotate(String id) throws Exception {
    key = key(id);
    return this;
  }

  void down(boolean discovery, boolean jwks) {
    down = discovery;
    jwksDown = jwks;
  }

  RSAKey key() {
    return key;
  }

  /** A token of this issuer for the audience {@code aud}, good for an hour, and more claims. */
  String token(String more) throws Exception {
    return signed(claims(System.currentTimeMillis() / 1_000 + 3_600, ",\"aud\":\"aud\"" + more));
  }

  static String claims(long expires, String more) {
    return "{\"iss\":\"" + NAME + "\",\"exp\":" + expires + more + "}";
  }

  String signed(String claims) throws Exception {
    return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()), claims);
  }

  String signed(JWSHeader.Builder header, String claims) throws Exception {
    JWSObject token = new JWSObject(header.type(JOSEObjectType.JWT).build(), new Payload(claims));
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  static List<String> audience() {
    return List.of("aud");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
