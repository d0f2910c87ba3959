package dev.gatehouse.conformance.rig;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program in a process of its own. It carries a mark in its environment, which everything that it
 * starts inherits, so that a test can see what it leaves behind.
 */
public final class Program implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String MARK = "GATEHOUSE_TEST_MARK";

  private final Process process;
  private final Path output;
  private final String mark;

  private Program(Process process, Path output, String mark) {
    this.process = process;
    this.output = output;
    this.mark = mark;
  }

  /**
   * What a run left.
   *
   * @param output what it wrote to either stream
   */
  public record Result(int exit, String output) {}

  /** Starts a program in a folder; the environment's AWS settings are left out. */
  public static Program start(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    Path output = Files.createTempFile("gatehouse-test-", ".out");
    String mark = UUID.randomUUID().toString();
    // Ctrl-C counts, also where whoever runs the tests in the background had it ignored.
    List<String> whole = new ArrayList<>(List.of("env", "--default-signal=INT"));
    whole.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
    Map<String, String> full = builder.environment();
    full.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("DDN_"));
    // The AWS CLI of Debian, not a wrapper of another tool.
    full.put("PATH", "/usr/bin:/bin:" + full.getOrDefault("PATH", ""));
    full.putAll(new HashMap<>(environment));
    full.put(MARK, mark);
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Program(process, output, mark);
  }

  /** Runs a program to its end. */
  public static Result run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    try (Program program = start(folder, environment, command)) {
      return program.result();
    }
  }

  /** Waits for the end. */
  public Result result() throws Exception {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Not done within " + LIMIT + ":\n" + output());
    }
    return new Result(process.exitValue(), output());
  }

  /** Waits until it has written something. */
  public void await(String text) throws Exception {
    Eventually.eventually(
        "\"" + text + "\" in " + output,
        LIMIT,
        () -> {
          if (!output().contains(text) && !process.isAlive()) {
            throw new AssertionError("Ended without \"" + text + "\":\n" + output());
          }
          return output().contains(text) ? Optional.of(true) : Optional.empty();
        });
  }

  /** What it has written so far. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** The process. */
  public Process process() {
    return process;
  }

  /** Interrupts it as Ctrl-C does. */
  public void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
  }

  /** The command lines of what it has started that still runs. */
  public List<String> leftBehind() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .filter(path -> read(path.resolve("environ")).contains(MARK + "=" + mark))
          .map(path -> commandLine(Long.parseLong(path.getFileName().toString())))
          .toList();
    }
  }

  /** Kills what it has started with such a command line. */
  public void killBelow(String part) {
    // Not ProcessHandle.Info, which gives up on long command lines.
    process
        .descendants()
        .filter(child -> commandLine(child.pid()).contains(part))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static String commandLine(long pid) {
    return read(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
  }

  private static String read(Path path) {
    try {
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
