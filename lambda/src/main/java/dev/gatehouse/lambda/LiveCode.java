package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Code that runs from a directory as it is, so that what is saved there is live on the next
 * invocation: the bucket {@code hot-reload} with a path as key, as other emulators taught people.
 * Only below directories that the configuration allows: a call must not get at any others.
 *
 * @param allowed directories; where there are none, the bucket is one like any other
 */
record LiveCode(List<Path> allowed) {
  private static final String BUCKET = "hot-reload";

  /** Whether the code is a directory. */
  boolean named(Input input) {
    return !allowed.isEmpty() && input.text("S3Bucket").filter(BUCKET::equals).isPresent();
  }

  Code code(Input input) {
    String text = input.text("S3Key").orElse("");
    try {
      Path path = Path.of(text).toRealPath();
      for (Path directory : allowed) {
        if (Files.isDirectory(path) && path.startsWith(directory.toRealPath())) {
          return Code.in(path.toString());
        }
      }
    } catch (IOException | InvalidPathException e) {
      // The same answer, whether there is such a directory or not.
    }
    throw Errors.invalid(
        "The directory '"
            + text
            + "' is not one below functions.directories in the configuration of Gatehouse.");
  }
}
