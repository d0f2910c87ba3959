package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts functions of one runtime. */
public interface FunctionRuntime {

  /**
   * The command line of a function's process.
   *
   * @param taskRoot the function's unpacked code
   * @param memorySize megabytes
   */
  List<String> command(Path taskRoot, int memorySize);

  /** The directory of the runtime itself, as {@code LAMBDA_RUNTIME_DIR}. */
  Path directory();

  /**
   * Does what makes later starts shorter, where it has not been done; may take seconds. Called in
   * the background while the runtime is in use.
   *
   * @throws IOException where it cannot be done; functions start all the same
   */
  void prepare() throws IOException, InterruptedException;
}
