package dev.gatehouse.wire.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent encoding as SigV4 wants it: everything but the unreserved characters, upper-case hex. */
final class Percent {
  private static final String HEX = "0123456789ABCDEF";
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

  private Percent() {}

  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      append(out, b);
    }
    return out.toString();
  }

  /** Encodes a path, leaving its slashes. */
  static String encodePath(String path) {
    StringBuilder out = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/') {
        out.append('/');
      } else {
        append(out, b);
      }
    }
    return out.toString();
  }

  /** Decodes; what is not a proper escape stays as it is. */
  static String decode(String text) {
    return text.indexOf('%') < 0 ? text : new String(decodeBytes(text), StandardCharsets.UTF_8);
  }

  private static byte[] decodeBytes(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length && in[i] == '%' ? Character.digit(in[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(in[i + 2], 16);
      if (low < 0) {
        out.write(in[i]);
      } else {
        out.write((high << 4) | low);
        i += 2;
      }
    }
    return out.toByteArray();
  }

  private static void append(StringBuilder out, byte b) {
    if (UNRESERVED.indexOf(b) >= 0) {
      out.append((char) b);
    } else {
      out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
    }
  }
}
