package dev.gatehouse.control.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A counter for each key of each usage plan, in slots of one file that is mapped into memory.
 * Making and finding counters is for the control plane; a counter itself is for any thread.
 */
public final class UsageCounts implements AutoCloseable {
  private static final int SLOTS_A_CHUNK = 1_024;
  private static final long CHUNK = (long) SLOTS_A_CHUNK * UsageCounter.SLOT_BYTES;

  private final @Nullable FileChannel file;
  private final Arena arena = Arena.ofShared();
  private final Map<String, UsageCounter> byName = new HashMap<>();
  private final Deque<MemorySegment> free = new ArrayDeque<>();
  private final Deque<MemorySegment> chunks = new ArrayDeque<>();

  private UsageCounts(@Nullable FileChannel file) {
    this.file = file;
  }

  /** Counters that end with the process. */
  public static UsageCounts inMemory() {
    return new UsageCounts(null);
  }

  /**
   * Opens the counters of a file; an absent one begins.
   *
   * @throws IOException when it cannot be read and written
   */
  public static UsageCounts open(Path path) throws IOException {
    Files.createDirectories(path.resolveSibling("."));
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    UsageCounts counts = new UsageCounts(file);
    long size = file.size();
    for (long at = 0; at < size; at += CHUNK) {
      counts.take(file.map(FileChannel.MapMode.READ_WRITE, at, CHUNK, counts.arena));
    }
    return counts;
  }

  private void take(MemorySegment chunk) {
    chunks.add(chunk);
    for (int i = 0; i < SLOTS_A_CHUNK; i++) {
      long from = (long) i * UsageCounter.SLOT_BYTES;
      MemorySegment slot = chunk.asSlice(from, UsageCounter.SLOT_BYTES);
      String name = UsageCounter.name(slot);
      if (name.isEmpty()) {
        free.add(slot);
      } else {
        byName.put(name, new UsageCounter(slot));
      }
    }
  }

  private void grow() {
    try {
      take(
          file == null
              ? arena.allocate(CHUNK, Long.BYTES)
              : file.map(FileChannel.MapMode.READ_WRITE, chunks.size() * CHUNK, CHUNK, arena));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /** The counter of a key in a plan, made where there is none. */
  public synchronized UsageCounter counter(String planId, String keyId) {
    String name = name(planId, keyId);
    UsageCounter known = byName.get(name);
    if (known != null) {
      return known;
    }
    if (free.isEmpty()) {
      grow();
    }
    UsageCounter made = UsageCounter.begin(free.remove(), name);
    byName.put(name, made);
    return made;
  }

  /** The counter of a key in a plan. */
  public synchronized Optional<UsageCounter> find(String planId, String keyId) {
    return Optional.ofNullable(byName.get(name(planId, keyId)));
  }

  /** Forgets every counter but these. */
  public synchronized void retain(Set<String> names) {
    byName
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !names.contains(entry.getKey());
          if (gone) {
            free.add(entry.getValue().clear());
          }
          return gone;
        });
  }

  /** What a counter is called. */
  public static String name(String planId, String keyId) {
    return planId + ":" + keyId;
  }

  /** Hands what was counted to the disk. */
  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      chunks.forEach(MemorySegment::force);
      file.close();
    }
    // the memory stays mapped: a request under way may still count
  }
}
