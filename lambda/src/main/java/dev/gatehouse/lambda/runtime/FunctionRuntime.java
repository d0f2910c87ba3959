package dev.gatehouse.lambda.runtime;

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
}
