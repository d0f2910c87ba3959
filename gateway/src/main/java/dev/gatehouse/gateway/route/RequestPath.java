package dev.gatehouse.gateway.route;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-decoding and -encoding of paths (http-api.md 2.3). */
public final class RequestPath {
  private static final String KEPT = "-._~!$&'()*+,;=:@/";
  private static final char DELETE = 0x7f;
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private RequestPath() {}

  /**
   * What a client sent, with each byte beyond ASCII escaped; null where it has something that no
   * target may have, since a backend could take it for its end.
   */
  public static @Nullable String ascii(String sent) {
    boolean plain = true;
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (c <= ' ' || c == '#' || c == DELETE) {
        return null;
      }
      plain &= c < 0x80;
    }
    return plain ? sent : escaped(sent);
  }

  private static String escaped(String sent) {
    StringBuilder out = new StringBuilder(sent.length() + 16);
    for (int i = 0; i < sent.length(); i++) {
      char c = sent.charAt(i);
      if (c < 0x80) {
        out.append(c);
      } else {
        out.append('%').append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }

  /**
   * The path with its escapes decoded as UTF-8; bytes that are not UTF-8 become U+FFFD.
   *
   * @return null where an escape is malformed
   */
  public static @Nullable String decode(String raw) {
    return raw.indexOf('%') < 0 ? raw : decodeEscapes(raw);
  }

  private static @Nullable String decodeEscapes(String raw) {
    byte[] bytes = new byte[raw.length() * 3];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int value =
            i + 2 < raw.length() ? (hex(raw.charAt(i + 1)) << 4) | hex(raw.charAt(i + 2)) : -1;
        if (value < 0) {
          return null;
        }
        bytes[length++] = (byte) value;
        i += 2;
      } else if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else {
        byte[] encoded = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(char c) {
    int digit = Character.digit(c, 16);
    return c < 0x80 ? digit : -1;
  }

  /** The path with each run of slashes as one, as route selection reads it. */
  public static String withoutRepeatedSlashes(String path) {
    if (!path.contains("//")) {
      return path;
    }
    StringBuilder single = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
        single.append(path.charAt(i));
      }
    }
    return single.toString();
  }

  /** The path with everything escaped that may not stand in a path as it is. */
  public static String encode(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (!kept(path.charAt(i))) {
        return encodeFrom(path, i);
      }
    }
    return path;
  }

  private static String encodeFrom(String path, int first) {
    StringBuilder out = new StringBuilder(path.length() + 16).append(path, 0, first);
    for (byte b : path.substring(first).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (kept(c)) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }

  private static boolean kept(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || KEPT.indexOf(c) >= 0;
  }

  /**
   * Whether a decoded path has a segment that a backend might climb with: backslashes are slashes
   * to some, {@code ..;x} is {@code ..} to those that know parameters of segments, and so is what a
   * zero byte or a space follows to those for whom a name ends there.
   */
  public static boolean hasDotSegment(String path) {
    for (int at = path.indexOf('.'); at >= 0; at = path.indexOf('.', at + 1)) {
      boolean atStart = at == 0 || isSlash(path.charAt(at - 1));
      int end = at + 1 < path.length() && path.charAt(at + 1) == '.' ? at + 2 : at + 1;
      if (atStart && (end == path.length() || endsSegment(path.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsSegment(char c) {
    return isSlash(c) || c == ';' || c <= ' ';
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }
}
