package dev.gatehouse.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A process of its own that writes to a store without end and says what was acknowledged. */
final class StoreProcess implements AutoCloseable {
  /** Each write puts as many rows, all with the same body. */
  static final int ROWS = 5;

  private final Process process;
  private final BufferedReader lines;

  private StoreProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  static StoreProcess start(Path data) throws IOException {
    return start(data, List.of());
  }

  /** Starts it under a program that is given its command line. */
  static StoreProcess start(Path data, List<String> under) throws IOException {
    List<String> command = new ArrayList<>(under);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            data.toString()));
    return new StoreProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** The next line that the process prints; null after its last. */
  String next() throws IOException {
    return lines.readLine();
  }

  /** Kills the process as a power failure would, and returns its last line. */
  String kill() throws IOException, InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly(); // Process's own would throw away what is still to be read
    process.waitFor();
    String last = "";
    for (String line = next(); line != null; line = next()) {
      last = line;
    }
    return last;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
  }

  /** Writes revision after revision; prints each once it is acknowledged. */
  public static void main(String[] arguments) {
    try (Store store = SqliteStore.open(Path.of(arguments[0]))) {
      while (true) {
        String body = Long.toString(store.revision() + 1);
        store.write(tx -> {
          IntStream.range(0, ROWS).forEach(i -> tx.put(StoreContract.APIS, "a" + i, null, 1, body));
          return null;
        });
        System.out.println(store.revision());
      }
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }
}
