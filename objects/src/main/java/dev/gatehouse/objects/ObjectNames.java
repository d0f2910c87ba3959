package dev.gatehouse.objects;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that can be stored. Bucket names are those of S3 [C]. Keys are those of S3 less what a
 * file system can't keep as it is; such a key is refused by name rather than stored as another one.
 */
final class ObjectNames {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final int MAX_KEY = 1024;

  /** A file's name has 255 bytes, of which S3Proxy needs 37 while it writes. */
  private static final int MAX_SEGMENT = 218;

  /** S3Proxy keeps the parts of uploads under way beside the objects, under such names. */
  private static final String RESERVED = ".mpus-";

  /** The other names of its own. */
  private static final String OWN = ".s3proxy-";

  private ObjectNames() {}

  /** What is wrong with a decoded {@code /bucket/key}; empty where nothing is. */
  static Optional<Answer.Failed> check(String path) {
    if (path.equals("/")) {
      return Optional.empty();
    }
    int slash = path.indexOf('/', 1);
    String bucket = slash < 0 ? path.substring(1) : path.substring(1, slash);
    if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
      return failed(400, "InvalidBucketName", "The specified bucket is not valid.");
    }
    String key = slash < 0 ? "" : path.substring(slash + 1);
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY) {
      return failed(400, "KeyTooLongError", "Your key is too long");
    }
    return key.isEmpty() || storable(key)
        ? Optional.empty()
        : failed(
            400,
            "InvalidArgument",
            "This key can't be stored here: its parts must not be empty, '.', '..', longer than 218"
                + " bytes or begin with '.mpus-' or '.s3proxy-', and it must not have control characters.");
  }

  /** Whether a prefix or a marker has parts that would leave the folder. */
  static boolean leadsElsewhere(String name) {
    return name.indexOf('\0') >= 0
        || Arrays.stream(name.split("/", -1))
            .anyMatch(part -> part.equals("..") || part.equals("."))
        || (name.startsWith("/") && name.length() > 1);
  }

  /** Whether a file's name is one of S3Proxy's own, which is no key. */
  static boolean isOwn(String name) {
    return name.startsWith(RESERVED) || name.startsWith(OWN);
  }

  private static boolean storable(String key) {
    String whole = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    return whole.chars().noneMatch(c -> c < ' ' || c == 0x7f)
        && Arrays.stream(whole.split("/", -1)).allMatch(ObjectNames::storablePart);
  }

  private static boolean storablePart(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && !isOwn(part)
        && part.getBytes(StandardCharsets.UTF_8).length <= MAX_SEGMENT;
  }

  private static Optional<Answer.Failed> failed(int status, String code, String message) {
    return Optional.of(new Answer.Failed(status, code, message));
  }
}
