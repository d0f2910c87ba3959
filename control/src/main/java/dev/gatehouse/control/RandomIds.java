package dev.gatehouse.control;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Identifiers that cannot be guessed. */
public final class RandomIds implements IdSource {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();

  @Override
  public String id(int length) {
    StringBuilder id = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  @Override
  public String requestId() {
    return UUID.randomUUID().toString();
  }

  @Override
  public String gatewayId() {
    byte[] bytes = new byte[11];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "=";
  }
}
