package dev.gatehouse.objects;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where objects gather until they are whole: a folder on the file system of the buckets and outside
 * of them, so that no list shows them and no bucket is kept by them. What a crash left in it is
 * deleted when it is first used.
 */
final class Incoming {
  /** How a file is opened that nobody else may have. */
  static final Set<StandardOpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /** Readable for its owner; extended attributes exist where these permissions do. */
  static final FileAttribute<?> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int MOST_TRIES = 100;

  private final Path folder;
  private final RandomGenerator random;
  private boolean ready;

  Incoming(Path folder, RandomGenerator random) {
    this.folder = folder;
    this.random = random;
  }

  /** How publishing went. */
  enum Published {
    PUBLISHED,
    /** There is an object, and there was to be none. */
    EXISTS,
    NO_BUCKET,
    /** A file stands where a folder is needed, or a folder where the file is. */
    IN_THE_WAY
  }

  /** A name that nobody has. */
  Path file() throws IOException {
    prepare();
    byte[] name = new byte[16];
    random.nextBytes(name);
    return folder.resolve(HexFormat.of().formatHex(name));
  }

  private synchronized void prepare() throws IOException {
    if (!ready) {
      Emptying.empty(folder);
      OwnerFolder.create(folder);
      ready = true;
    }
  }

  /**
   * Gives a whole file its name.
   *
   * @param fresh whether there must be no object of that name
   */
  Published publish(Path whole, Path bucket, Path name, boolean fresh) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        makeFolders(bucket, parent(name));
        if (fresh) {
          Files.createLink(name, whole); // unlike a rename, it replaces nothing
        } else {
          Files.move(whole, name, StandardCopyOption.ATOMIC_MOVE);
        }
        return Published.PUBLISHED;
      } catch (NoSuchFileException e) {
        if (!Files.isDirectory(bucket)) {
          return Published.NO_BUCKET;
        } // else its folder went with the last object in it, and is made again
      } catch (FileAlreadyExistsException e) {
        return Files.isRegularFile(name) ? Published.EXISTS : Published.IN_THE_WAY;
      } catch (FileSystemException e) {
        if (Files.isDirectory(name) || Files.notExists(parent(name))) {
          return Published.IN_THE_WAY;
        }
        throw e;
      }
    }
    throw new IOException("the folder of the object is deleted faster than it can be made");
  }

  /** Never the bucket's own: one that was deleted stays so. */
  private static void makeFolders(Path bucket, Path folder) throws IOException {
    if (folder.equals(bucket) || Files.isDirectory(folder)) {
      return;
    }
    makeFolders(bucket, parent(folder));
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "it is below a bucket");
  }

  /** Waits until the name of a file is on the disk. */
  static void sync(Path file) throws IOException {
    try (FileChannel names = FileChannel.open(parent(file), StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
