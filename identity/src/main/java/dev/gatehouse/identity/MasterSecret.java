package dev.gatehouse.identity;

import dev.gatehouse.wire.sigv4.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The one secret that everything else is derived from. It lives in the data directory, so that what
 * was signed before a restart is still good after it.
 */
public final class MasterSecret {
  private static final int LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] bytes;

  private MasterSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A secret that is gone with the process. */
  public static MasterSecret random(RandomGenerator random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new MasterSecret(bytes);
  }

  /**
   * The secret in that file, which is made where it does not exist.
   *
   * @throws IOException also where others can read the file: then it is no secret
   */
  public static MasterSecret open(Path file, RandomGenerator random) throws IOException {
    if (!Files.exists(file)) {
      create(file, random(random).bytes);
    }
    if (posix(file)) {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(OWNER);
      if (!others.isEmpty()) {
        throw new IOException(file + " can be read by others; set its permissions to 600");
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != LENGTH) {
      throw new IOException(file + " is damaged: it has " + bytes.length + " bytes, not " + LENGTH);
    }
    return new MasterSecret(bytes);
  }

  /** A key of its own for each purpose. */
  byte[] derive(String purpose) {
    return Sha256.hmac(bytes, purpose);
  }

  /**
   * Written aside and moved, so that a crash can't leave half a secret. One process owns a data
   * directory.
   */
  private static void create(Path file, byte[] bytes) throws IOException {
    Path directory = file.resolveSibling("").toAbsolutePath();
    Files.createDirectories(directory);
    FileAttribute<?>[] owner =
        posix(directory)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
            : new FileAttribute<?>[0];
    Path aside = Files.createTempFile(directory, file.getFileName().toString(), ".new", owner);
    try {
      try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(bytes));
        out.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
