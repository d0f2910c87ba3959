package dev.gatehouse.lambda.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A directory that a function runs from as it is. Whether something in it was changed is looked at
 * before each invocation, so that what was saved is live at once: no watcher that may lag.
 */
public record LiveDirectory(Path path) {
  private static final int MOST_FILES = 10_000;

  /** Of these only their own time is looked at: they are large and change as a whole. */
  private static final Set<String> INSTALLED =
      Set.of("node_modules", "site-packages", ".git", "__pycache__", ".venv");

  /**
   * Something that is another after a change.
   *
   * @throws IOException where it cannot be read, or is too large for this
   */
  public String state() throws IOException {
    Look look = new Look();
    Files.walkFileTree(path, look);
    return Long.toHexString(look.sum.getValue()) + "-" + look.count;
  }

  private final class Look extends SimpleFileVisitor<Path> {
    private final CRC32C sum = new CRC32C();
    private int count;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (directory.endsWith("__pycache__")) {
        return FileVisitResult.SKIP_SUBTREE; // written by running it
      }
      boolean installed = INSTALLED.contains(String.valueOf(directory.getFileName()));
      if (installed) {
        note(directory, attributes);
      }
      return installed ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      note(file, attributes);
      return FileVisitResult.CONTINUE;
    }

    private void note(Path file, BasicFileAttributes attributes) throws IOException {
      if (++count > MOST_FILES) {
        throw new IOException(
            "The directory " + path + " has more than " + MOST_FILES + " files to look at");
      }
      String line = file + " " + attributes.size() + " " + attributes.lastModifiedTime() + "\n";
      sum.update(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
