package dev.gatehouse.lambda.process;

import dev.gatehouse.lambda.code.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  void create() throws IOException {
    Directories.delete(path);
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
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
