package dev.gatehouse.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Session tokens that describe themselves: a version, then key id, account, principal, unique id,
 * whose policies count, the session's policy and the end, a line each, followed by an HMAC over
 * that. What they say is no secret; that it was us who said it is what the HMAC proves.
 */
final class SessionTokens {
  private static final String VERSION = "2";
  private static final int LINES = 8;
  private static final int MAC_BYTES = 32;
  private static final int MAX_LENGTH = 8192;

  /** What a token stands for. */
  record Session(String accessKeyId, Identity identity, Instant expires) {}

  private final DerivedKey key;

  SessionTokens(DerivedKey key) {
    this.key = key;
  }

  /** The token of a session, none of whose texts has more than one line. */
  String seal(Session session) {
    Identity identity = session.identity();
    String policy = identity.sessionPolicy();
    String text =
        String.join(
            "\n",
            VERSION,
            session.accessKeyId(),
            identity.account(),
            identity.arn(),
            identity.userId(),
            identity.holder(),
            policy == null ? "" : policy,
            Long.toString(session.expires().getEpochSecond()));
    byte[] said = text.getBytes(StandardCharsets.UTF_8);
    byte[] token = Arrays.copyOf(said, said.length + MAC_BYTES);
    System.arraycopy(key.hmac(text), 0, token, said.length, MAC_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** What the token says; empty where it isn't one of ours. */
  Optional<Session> open(String token) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      int end = Math.max(0, bytes.length - MAC_BYTES);
      String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
      byte[] mac = Arrays.copyOfRange(bytes, end, bytes.length);
      return MessageDigest.isEqual(mac, key.hmac(text)) ? session(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Session> session(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() != LINES || !lines.getFirst().equals(VERSION)) {
      return Optional.empty();
    }
    String policy = lines.get(6).isEmpty() ? null : lines.get(6);
    return Optional.of(
        new Session(
            lines.get(1),
            new Identity(lines.get(2), lines.get(3), lines.get(4), lines.get(5), policy),
            Instant.ofEpochSecond(Long.parseLong(lines.get(7)))));
  }
}
