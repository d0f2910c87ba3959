package dev.gatehouse.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of groups and streams as names of files, and back. Everything but letters, digits, {@code
 * _}, {@code -} and inner dots is percent-encoded; a name too long for a file ends in its hash.
 */
final class FileNames {
  private static final int KEPT = 150;

  /** Longer than any name that is not shortened. */
  private static final int SHORTENED = KEPT + 1 + 32;

  private FileNames() {}

  static String of(String name) {
    StringBuilder safe = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-'
              || (c == '.' && !safe.isEmpty());
      if (plain) {
        safe.append(c);
      } else {
        safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return safe.length() < SHORTENED ? safe.toString() : safe.substring(0, KEPT) + "%" + hash(name);
  }

  /** Whether a name is in its file's name only in part; then a file of its own has it. */
  static boolean isShortened(String file) {
    return file.length() == SHORTENED;
  }

  /** The name that a file's name stands for. */
  static String name(String file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(file.length());
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      if (c == '%' && i + 2 < file.length() && HexFormat.isHexDigit(file.charAt(i + 1))) {
        bytes.write(HexFormat.fromHexDigits(file, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String hash(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
