package dev.gatehouse.identity;

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
import java.util.function.Supplier;

/** A small file that only its owner may read: secrets that a server makes for itself. */
public final class OwnerFile {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerFile() {}

  /**
   * What is in the file, which is made where it does not exist.
   *
   * @throws IOException also where others can read the file: then it is no secret
   */
  public static byte[] open(Path file, Supplier<byte[]> first) throws IOException {
    if (!Files.exists(file)) {
      create(file, first.get());
    }
    if (posix(file)) {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(OWNER);
      if (!others.isEmpty()) {
        throw new IOException(file + " can be read by others; set its permissions to 600");
      }
    }
    return Files.readAllBytes(file);
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
