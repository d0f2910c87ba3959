package dev.gatehouse.lambda.code;

import org.jspecify.annotations.Nullable;

/**
 * A function's code: a stored archive, or a directory that is run as it is.
 *
 * @param sha256 hexadecimal; names the archive's directory; empty for a directory
 * @param size bytes of the archive
 * @param directory absolute; null for an archive
 */
public record Code(String sha256, long size, @Nullable String directory) {

  /** A stored archive. */
  public Code(String sha256, long size) {
    this(sha256, size, null);
  }

  /** A directory of this machine. */
  public static Code in(String directory) {
    return new Code("", 0, directory);
  }
}
