package dev.gatehouse.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of a log group, {@code {account}/{region}/{name}.log}, or of a delivery stream, {@code
 * {account}/{region}/firehose/{name}.log}. What it is called is never a path: everything but
 * letters, digits, {@code _}, {@code -} and inner dots is percent-encoded, and a name too long for
 * a file ends in its hash.
 */
final class LogGroup {
  private static final int ARN_PARTS = 7;
  private static final int MAX_NAME = 200;
  private static final String STREAM = "deliverystream/";

  private LogGroup() {}

  /**
   * Where the lines for a destination are kept.
   *
   * @param arn {@code arn:aws:logs:{region}:{account}:log-group:{name}}, or {@code
   *     arn:aws:firehose:{region}:{account}:deliverystream/{name}}
   */
  static Path file(Path root, String arn) {
    List<String> parts = List.of(arn.split(":", ARN_PARTS));
    boolean stream = parts.size() == ARN_PARTS - 1 && parts.get(5).startsWith(STREAM);
    if (parts.size() < ARN_PARTS && !stream) {
      return root.resolve(safe(arn) + ".log");
    }
    Path region = root.resolve(safe(parts.get(4))).resolve(safe(parts.get(3)));
    return stream
        ? region.resolve("firehose").resolve(safe(parts.get(5).substring(STREAM.length())) + ".log")
        : region.resolve(safe(parts.get(6)) + ".log");
  }

  static String safe(String name) {
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
    return safe.length() <= MAX_NAME ? safe.toString() : safe.substring(0, 150) + "%" + hash(name);
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
