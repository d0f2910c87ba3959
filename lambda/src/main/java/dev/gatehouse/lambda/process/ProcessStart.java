package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a function's process is started with; asked anew for each process. */
public interface ProcessStart {

  /**
   * What each process has of its own.
   *
   * @param runtimeApi {@code host:port} of its Runtime API
   * @param temporary its directory for temporary files, which goes with it
   * @param logStream where its log goes
   */
  record Place(String runtimeApi, Path temporary, String logStream) {}

  /**
   * The command line.
   *
   * @throws IOException where the function has nothing that could be started
   */
  List<String> command(Place place) throws IOException;

  /** Every variable of its environment. */
  Map<String, String> environment(Place place) throws IOException;

  /** A new name for a process's log stream. */
  String logStream();

  /** Takes a line of a process's log; returns at once. */
  void log(String stream, String line);

  /** Whether so many lines wait that the process had better be slowed down. */
  boolean logsPressed();
}
