package dev.gatehouse.conformance.rig;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.Backend.Answer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An issuer of tokens. It signs with nothing but the JDK, so that it can be wrong in no way that
 * the server's own library is.
 */
public final class Issuer {
  /** A second in the year 2100. */
  public static final long LATER = 4_102_444_800L;

  private static final ConcurrentHashMap<String, KeyPair> KEYS = new ConcurrentHashMap<>();

  private final String name;
  private final AtomicInteger documents = new AtomicInteger();
  private final AtomicInteger keySets = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<String> published = new CopyOnWriteArrayList<>(List.of("k1"));
  private volatile String more = "";
  private volatile Answer discovery = this::document;
  private volatile Answer jwks = this::keySet;

  Issuer(String name) {
    this.name = name;
  }

  /** The {@code iss} of its tokens. */
  public String name() {
    return name;
  }

  /** How often its keys were asked for. */
  public int fetches() {
    return keySets.get();
  }

  /** How often its discovery document was asked for. */
  public int discoveries() {
    return documents.get();
  }

  /** Answers requests for its discovery document that way from now on. */
  public void discovery(Answer answer) {
    discovery = answer;
  }

  /** Answers requests for its keys that way from now on. */
  public void jwks(Answer answer) {
    jwks = answer;
  }

  /** An answer that does not come before the end of all tests. */
  public void never(HttpExchange exchange) throws IOException {
    try {
      released.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  void release() {
    released.countDown();
  }

  /** Publishes the keys of these ids, and no others. */
  public void publish(String... ids) {
    published.clear();
    published.addAll(List.of(ids));
  }

  /** Publishes these keys, too; JSON. */
  public void publishAlso(String keys) {
    more = "," + keys;
  }

  void serve(HttpExchange exchange, String path) throws IOException {
    switch (path) {
      case ".well-known/openid-configuration" -> {
        documents.incrementAndGet();
        discovery.to(exchange);
      }
      case "jwks" -> {
        keySets.incrementAndGet();
        jwks.to(exchange);
      }
      default -> Backend.text(exchange, 404, "");
    }
  }

  /** The discovery document. */
  public void document(HttpExchange exchange) throws IOException {
    Backend.text(
        exchange,
        200,
        "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + name + "/jwks\",\"more\":[1,{}]}");
  }

  /** The key set. */
  public void keySet(HttpExchange exchange) throws IOException {
    Backend.text(exchange, 200, keySet());
  }

  /** The key set as JSON. */
  public String keySet() {
    return published.stream()
        .map(Issuer::jwk)
        .collect(Collectors.joining(",", "{\"keys\":[", more + "]}"));
  }

  private static String jwk(String id) {
    RSAPublicKey key = publicKey(id);
    return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}"
        .formatted(id, base64(key.getModulus()), base64(key.getPublicExponent()));
  }

  /** The public half of the key of an id. */
  public static RSAPublicKey publicKey(String id) {
    return (RSAPublicKey) key(id).getPublic();
  }

  private static KeyPair key(String id) {
    return KEYS.computeIfAbsent(id, any -> generated());
  }

  private static KeyPair generated() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Claims for the audience {@code aud}, good for long, and more that begin with a comma. */
  public String claims(String more) {
    return "{\"iss\":\"" + name + "\",\"aud\":\"aud\",\"exp\":" + LATER + more + "}";
  }

  /** A good token with more claims. */
  public String token(String more) throws GeneralSecurityException {
    return signed(claims(more));
  }

  /** A token with the key {@code k1}. */
  public static String signed(String claims) throws GeneralSecurityException {
    return signed("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}", claims, "k1");
  }

  /** A token with that header, signed as RS256 whatever the header says. */
  public static String signed(String header, String claims, String key)
      throws GeneralSecurityException {
    return signed(header, claims, key, "SHA256withRSA");
  }

  /** A token with that header and an algorithm by the JDK's name. */
  public static String signed(String header, String claims, String key, String algorithm)
      throws GeneralSecurityException {
    String text = base64(header) + "." + base64(claims);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key(key).getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + base64(signature.sign());
  }

  /** Text as base64url. */
  public static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes as base64url. */
  public static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }
}
