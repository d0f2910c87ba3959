package dev.gatehouse.objects;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An object as it is kept. Files are replaced and never changed, so that what was opened stays what
 * it was.
 *
 * @param bytes open where they were asked for, else empty
 */
record ObjectFile(
    long size, Instant modified, ObjectAttributes attributes, Optional<FileChannel> bytes)
    implements AutoCloseable {
  private static final int MOST_TRIES = 100;

  /**
   * The object of this name; empty where there is none. Attributes are read by name, one after the
   * other: where another file has taken the name meanwhile, all are read again.
   */
  static Optional<ObjectFile> find(Path file, boolean open) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      BasicFileAttributes before;
      ObjectFile found;
      try {
        before = Files.readAttributes(file, BasicFileAttributes.class);
        boolean folder = before.isDirectory() && isFolderObject(file);
        if (!before.isRegularFile() && !folder) {
          return Optional.empty();
        }
        found = read(file, before, open && !folder);
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      if (isStill(file, before)) {
        return Optional.of(found);
      }
      found.close();
    }
    throw new IOException("the object changes faster than it can be read");
  }

  /** Whether there is an object whose key is that of a folder, with the slash at its end. */
  static boolean isFolderObject(Path folder) throws IOException {
    return Files.isDirectory(folder) && ObjectAttributes.isObject(folder);
  }

  private static ObjectFile read(Path file, BasicFileAttributes seen, boolean open)
      throws IOException {
    ObjectAttributes attributes = ObjectAttributes.read(file);
    Optional<FileChannel> bytes =
        open ? Optional.of(FileChannel.open(file, StandardOpenOption.READ)) : Optional.empty();
    long size = seen.isDirectory() ? 0 : seen.size();
    return new ObjectFile(size, seen.lastModifiedTime().toInstant(), attributes, bytes);
  }

  private static boolean isStill(Path file, BasicFileAttributes before) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Objects.equals(before.fileKey(), now.fileKey())
          && before.lastModifiedTime().equals(now.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (bytes.isPresent()) {
      bytes.get().close();
    }
  }
}
