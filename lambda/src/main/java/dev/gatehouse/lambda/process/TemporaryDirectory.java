package dev.gatehouse.lambda.process;

import dev.gatehouse.lambda.code.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one process puts its temporary files. It goes with the process, so that what one left is
 * not there for another, and does not stay.
 *
 * @param path named after the port of the process's Runtime API, which no two have at a time
 */
record TemporaryDirectory(Path path) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);

  TemporaryDirectory(Path parent, String runtimeApi) {
    this(parent.resolve("process-" + runtimeApi.substring(runtimeApi.lastIndexOf(':') + 1)));
  }

  /** Makes it, for its owner only. */
  void create(OptionalInt owner) throws IOException {
    Directories.delete(path);
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    if (owner.isPresent()) {
      Files.setAttribute(path, "unix:uid", owner.getAsInt());
      Files.setAttribute(path, "unix:gid", owner.getAsInt());
    }
  }

  @Override
  public void close() {
    try {
      Directories.delete(path);
    } catch (IOException e) {
      LOG.warn("Temporary files of a function stay until the next start: {}", e.toString());
    }
  }
}
