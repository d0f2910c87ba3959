package dev.gatehouse.lambda.code;

/**
 * A stored archive.
 *
 * @param sha256 hexadecimal; names the archive's directory
 * @param size bytes of the archive
 */
public record Code(String sha256, long size) {}
