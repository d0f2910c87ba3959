package dev.gatehouse.wire.sigv4;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that S3 takes as {@code x-amz-checksum-…}, in a header or a trailer [C]. */
enum ChecksumAlgorithm {
  CRC32,
  CRC32C,
  CRC64NVME,
  SHA1,
  SHA256;

  static final String PREFIX = "x-amz-checksum-";

  Running start() {
    return switch (this) {
      case CRC32 -> new OfChecksum(new CRC32(), 4);
      case CRC32C -> new OfChecksum(new CRC32C(), 4);
      case CRC64NVME -> new OfChecksum(new Crc64Nvme(), 8);
      case SHA1 -> new OfDigest("SHA-1");
      case SHA256 -> new OfDigest("SHA-256");
    };
  }

  String header() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  static Optional<ChecksumAlgorithm> ofHeader(String name) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.header().equalsIgnoreCase(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** A checksum under way. */
  interface Running {
    void update(byte[] bytes, int offset, int length);

    byte[] value();
  }

  private record OfChecksum(Checksum checksum, int size) implements Running {
    @Override
    public void update(byte[] bytes, int offset, int length) {
      checksum.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
      ByteBuffer eight = ByteBuffer.allocate(8).putLong(checksum.getValue());
      byte[] value = new byte[size];
      eight.get(8 - size, value);
      return value;
    }
  }

  private static final class OfDigest implements Running {
    private final MessageDigest digest;

    OfDigest(String name) {
      try {
        digest = MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
      return digest.digest();
    }
  }
}
