package dev.gatehouse.lambda.process;

import dev.gatehouse.lambda.code.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control group of Linux for each process, below one that is ours alone. It gives as much CPU
 * time as AWS does: in proportion to the memory, one CPU at 1,769 MB [C]. The start is not held to
 * it, as AWS lends functions more while they start [L].
 */
public final class Cgroups implements CpuShares {
  private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
  private static final long ONE_CPU = 1_769;
  private static final long PERIOD_MICROS = 100_000;
  private static final int TRIES = 40;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path directory;
  private final Version version;

  /** What the kernel calls things. */
  private enum Version {
    ONE("cpu.cfs_quota_us", ""),
    TWO("cpu.max", " " + PERIOD_MICROS);

    private final String limit;
    private final String suffix;

    Version(String limit, String suffix) {
      this.limit = limit;
      this.suffix = suffix;
    }
  }

  private Cgroups(Path directory, Version version) {
    this.directory = directory;
    this.version = version;
  }

  /**
   * Below that group, which is made where it is not there; what an earlier run left is removed.
   *
   * @throws IOException where it is none, or may not be divided
   */
  public static Cgroups in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
    }
    Path controllers = directory.resolve("cgroup.controllers");
    Version version = Files.exists(controllers) ? Version.TWO : Version.ONE;
    if (version == Version.TWO) {
      if (!List.of(Files.readString(controllers).strip().split(" ", -1)).contains("cpu")) {
        throw new IOException(
            "the group above it gives it no CPU to divide: write +cpu to its cgroup.subtree_control");
      }
      Files.writeString(directory.resolve("cgroup.subtree_control"), "+cpu");
    } else if (!Files.exists(directory.resolve(version.limit))) {
      throw new IOException("it is no control group of the CPU");
    }
    Cgroups groups = new Cgroups(directory, version);
    for (Path left : Directories.list(directory)) {
      if (Files.isDirectory(left)) {
        groups.remove(String.valueOf(left.getFileName()));
      }
    }
    return groups;
  }

  @Override
  public void create(String process) throws IOException {
    Files.createDirectories(directory.resolve(process));
  }

  @Override
  public String joining(String process) {
    String members = directory.resolve(process).resolve("cgroup.procs").toString();
    return "echo $$ >'" + members.replace("'", "'\\''") + "' || exit 1; ";
  }

  @Override
  public void hold(String process, int memory) {
    long micros = memory * PERIOD_MICROS / ONE_CPU;
    try {
      Files.writeString(directory.resolve(process).resolve(version.limit), micros + version.suffix);
    } catch (IOException e) {
      LOG.warn("A function is held to no share of the CPU: {}", e.toString());
    }
  }

  /** A group that its last member is just leaving cannot be removed yet. */
  @Override
  public void remove(String process) {
    IOException failed = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        Files.deleteIfExists(directory.resolve(process));
        return;
      } catch (IOException e) {
        failed = e;
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
    }
    LOG.warn("A control group stays until the next start: {}", String.valueOf(failed));
  }
}
