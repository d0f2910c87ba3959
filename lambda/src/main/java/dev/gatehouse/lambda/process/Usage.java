package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Reads what processes use out of Linux's {@code /proc}; where there is none, nothing is known. */
record Usage(Path proc) {
  private static final long PAGE = 4096;
  private static final int MOST_FILES = 20_000;

  /** Linux's PF_EXITING. */
  private static final long EXITING = 4;

  /**
   * A session's processes together.
   *
   * @param megabytes of memory that is no file's; what they share counts for each of them
   * @param tasks processes and threads
   */
  record Family(long megabytes, int tasks) {
    Family with(long more, int others) {
      return new Family(megabytes + more, tasks + others);
    }
  }

  /** Every session there is by the id of its leader. */
  Map<Long, Family> families() {
    Map<Long, Family> families = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        String[] columns = stat(process);
        if (columns.length > 17) {
          long pid = Long.parseLong(String.valueOf(process.getFileName()));
          families.merge(
              Long.parseLong(columns[3]),
              new Family(megabytes(pid), Integer.parseInt(columns[17])),
              (a, b) -> a.with(b.megabytes(), b.tasks()));
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return families;
  }

  /**
   * Memory of a session that is no file's, what its processes share counted once. Takes long: the
   * kernel walks through their pages.
   */
  long exactMegabytes(long session) {
    long kilobytes = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        String[] columns = stat(process);
        if (columns.length > 3 && columns[3].equals("" + session)) {
          kilobytes += ownKilobytes(process);
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return kilobytes >> 10;
  }

  /** A process's part of its memory; all of it where the kernel does not tell. */
  private long ownKilobytes(Path process) {
    try (var lines = Files.lines(process.resolve("smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss_Anon:") || line.startsWith("SwapPss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return megabytes(Long.parseLong("" + process.getFileName())) << 10;
    }
  }

  /** Memory of one process that is no file's. */
  long megabytes(long process) {
    try {
      String[] pages = Files.readString(proc.resolve(process + "/statm")).split(" ", -1);
      return ((Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * PAGE) >> 20;
    } catch (IOException e) {
      return 0; // it has just ended
    }
  }

  /** Whether a process has ended, or is just about to: it takes nothing in any more. */
  boolean gone(long process) {
    String[] columns = stat(proc.resolve("" + process));
    return columns.length > 6
        ? columns[0].matches("[ZX]") || (Long.parseLong(columns[6]) & EXITING) != 0
        : Files.isDirectory(proc.resolve("self"));
  }

  private static String[] stat(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException e) {
      return new String[0]; // it has just ended
    }
  }

  /** Megabytes below a directory, counted until they are more than so many. */
  static long stored(Path directory, long enough) {
    long[] sums = new long[2];
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sums[0] += attributes.size();
              sums[1]++;
              boolean more = (sums[0] >> 20) <= enough && sums[1] < MOST_FILES;
              return more ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // deleted meanwhile
            }
          });
    } catch (IOException e) {
      return 0; // the process has ended meanwhile
    }
    return sums[0] >> 20;
  }
}
