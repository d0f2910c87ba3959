package dev.gatehouse.lambda;

import dev.gatehouse.lambda.runtime.Trust;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where it is said whom functions trust in TLS. Called when a process starts; may block. */
@FunctionalInterface
public interface TrustReader {

  /**
   * The files; null where functions trust whom their runtimes trust by themselves.
   *
   * @throws IOException where they cannot be made
   */
  @Nullable Trust files() throws IOException;
}
