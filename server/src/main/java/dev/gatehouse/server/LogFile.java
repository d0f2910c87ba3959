package dev.gatehouse.server;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file of lines that, when it is full, becomes the one before it. One thread's own. */
final class LogFile implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final Path path;
  private final long maxBytes;
  private OutputStream out;
  private long size;
  private int unflushed;

  LogFile(Path path, long maxBytes) throws IOException {
    this.path = path;
    this.maxBytes = maxBytes;
    Files.createDirectories(path.resolveSibling("."));
    this.out = open();
  }

  /** Goes on where the file ends; a line that a crash or a full disk cut short is ended first. */
  private OutputStream open() throws IOException {
    OutputStream opened =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            BUFFER);
    size = Files.size(path);
    if (size > 0 && lastByte() != '\n') {
      opened.write('\n');
      size++;
    }
    return opened;
  }

  private int lastByte() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(size - 1);
      return file.read();
    }
  }

  /** Adds a line to what {@link #flush} writes; a file that someone took away is made anew. */
  void append(String line) throws IOException {
    unflushed++;
    if (unflushed == 1 && !Files.exists(path)) {
      out.close();
      out = open();
    }
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (size > 0 && size + bytes.length > maxBytes) {
      out.close();
      Files.move(path, older(path), StandardCopyOption.REPLACE_EXISTING);
      out = open();
    }
    out.write(bytes);
    size += bytes.length;
  }

  /** The file that was full before this one. */
  static Path older(Path path) {
    return path.resolveSibling(path.getFileName() + ".1");
  }

  /** Hands what was appended to the system. */
  void flush() throws IOException {
    out.flush();
    unflushed = 0;
  }

  /** How many lines are lost when this fails now. */
  int unflushed() {
    return unflushed;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
