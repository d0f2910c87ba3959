package dev.gatehouse.logs;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;

/**
 * A stream's file of text with its index. When it is full it becomes the one before it. One
 * thread's own.
 */
final class LogFile implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final Path path;
  private final long maxBytes;
  private final Lock moving;
  private OutputStream out;
  private StreamIndex index;
  private long size;
  private int unflushed;

  /**
   * @param moving held while the file changes places
   */
  LogFile(Path path, long maxBytes, Lock moving) throws IOException {
    this.path = path;
    this.maxBytes = maxBytes;
    this.moving = moving;
    Files.createDirectories(path.resolveSibling("."));
    this.out = text();
    try {
      this.index = StreamIndex.open(index(path), 0, size);
      adopt();
    } catch (IOException failed) {
      out.close();
      throw failed;
    }
  }

  /** The index of a file of text: {@code x.idx} of {@code x.log}. */
  static Path index(Path text) {
    String name = text.getFileName().toString();
    int end = name.lastIndexOf(".log");
    return text.resolveSibling(name.substring(0, end) + ".idx" + name.substring(end + 4));
  }

  /** The file that was full before this one. */
  static Path older(Path text) {
    return text.resolveSibling(text.getFileName() + ".1");
  }

  private OutputStream text() throws IOException {
    OutputStream opened =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            BUFFER);
    size = Files.size(path);
    return opened;
  }

  /**
   * Takes in what the index does not know: lines of an earlier version, and those that a crash or a
   * full disk left without a record or cut short.
   */
  private void adopt() throws IOException {
    long end = index.end();
    if (size <= end) {
      return;
    }
    long changed = Files.getLastModifiedTime(path).toMillis();
    int last = '\n';
    try (InputStream in = Files.newInputStream(path)) {
      in.skipNBytes(end);
      byte[] part = new byte[BUFFER];
      for (int read = in.read(part); read > 0; read = in.read(part)) {
        for (int i = 0; i < read; i++) {
          end++;
          last = part[i];
          if (last == '\n') {
            index.add(end, changed, changed);
          }
        }
      }
    }
    if (last != '\n') {
      out.write('\n');
      size++;
      index.add(size, changed, changed);
    }
  }

  /** Adds an event to what {@link #flush} writes. */
  void append(long millis, long ingested, String message) throws IOException {
    if (unflushed++ == 0) {
      refindWhatWasTakenAway();
    }
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    if (size > 0 && size + bytes.length >= maxBytes) {
      turn();
    }
    out.write(bytes);
    out.write('\n');
    size += bytes.length + 1L;
    index.add(size, millis, ingested);
  }

  /** A file that someone took away, or emptied, is begun anew; numbers of events go on. */
  private void refindWhatWasTakenAway() throws IOException {
    boolean there = Files.exists(path);
    if (there && (size == Files.size(path) || !Files.isRegularFile(path))) {
      return;
    }
    out.close();
    index.close();
    out = text();
    long sequence = index.sequence();
    if (!there) {
      Files.deleteIfExists(index(path));
    }
    index = StreamIndex.open(index(path), sequence, size);
    adopt();
  }

  private void turn() throws IOException {
    flushAll();
    out.close();
    index.close();
    moving.lock();
    try {
      Files.move(path, older(path), StandardCopyOption.REPLACE_EXISTING);
      Files.move(index(path), index(older(path)), StandardCopyOption.REPLACE_EXISTING);
      long sequence = index.sequence();
      out = text();
      index = StreamIndex.open(index(path), sequence, size);
    } finally {
      moving.unlock();
    }
  }

  private void flushAll() throws IOException {
    out.flush();
    index.flush();
  }

  /** Hands what was appended to the system. */
  void flush() throws IOException {
    if (unflushed > 0) {
      flushAll();
      unflushed = 0;
    }
  }

  /** How many events are lost when this fails now. */
  int unflushed() {
    return unflushed;
  }

  @Override
  public void close() throws IOException {
    try (StreamIndex closing = index) {
      out.close();
      closing.flush();
    }
  }
}
