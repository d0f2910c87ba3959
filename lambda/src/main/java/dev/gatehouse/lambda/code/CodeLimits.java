package dev.gatehouse.lambda.code;

/**
 * Bounds of a function's code.
 *
 * @param zipBytes of an archive that comes in a request
 * @param unpackedBytes of all files together
 * @param entries files, directories and links
 */
public record CodeLimits(long zipBytes, long unpackedBytes, int entries) {

  /** AWS's 50 MB and 250 MB [C]; the number of entries is ours. */
  public static CodeLimits defaults() {
    return new CodeLimits(50L << 20, 250L << 20, 60_000);
  }
}
