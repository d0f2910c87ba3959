package dev.gatehouse.lambda.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts functions of one runtime. */
public interface FunctionRuntime {

  /**
   * The command line of a function's process.
   *
   * @throws IOException where the function has nothing that could be started
   */
  List<String> command(Launch launch) throws IOException;

  /** The variables that only this runtime has; a function's own settings go before them. */
  Map<String, String> environment(Launch launch);

  /** The directory of the runtime itself, as {@code LAMBDA_RUNTIME_DIR}. */
  Path directory();

  /** What was found on this machine and is started, for whoever asks. */
  Path executable();

  /** What a process reads of this machine, besides the function itself. */
  List<Path> needed();

  /** A program with all that was installed with it, where it lies in a {@code bin}. */
  static Path installation(Path executable) {
    Path bin = executable.toAbsolutePath().getParent();
    Path prefix = bin == null || !bin.endsWith("bin") ? null : bin.getParent();
    return prefix == null ? executable : prefix;
  }

  /**
   * Does what makes later starts shorter, where it has not been done; may take seconds. Called in
   * the background while the runtime is in use.
   *
   * @throws IOException where it cannot be done; functions start all the same
   */
  void prepare() throws IOException, InterruptedException;
}
