package dev.gatehouse.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One file of a stream, open to read, with the events that it had when it was opened. */
final class Segment implements Closeable {
  private static final int CHUNK = 4_096;

  private final FileChannel text;
  private final FileChannel index;
  private final long first;
  private final long count;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK * StreamIndex.RECORD);
  private long chunkStart = -1;

  private Segment(FileChannel text, FileChannel index, long first) throws IOException {
    this.text = text;
    this.index = index;
    this.first = first;
    this.count = StreamIndex.count(index);
  }

  /** Opens a file; empty where there is none, or none with an index yet. */
  static Optional<Segment> open(Path file) throws IOException {
    Path indexed = LogFile.index(file);
    if (!Files.exists(file) || !Files.exists(indexed)) {
      return Optional.empty();
    }
    FileChannel text = FileChannel.open(file);
    FileChannel index = FileChannel.open(indexed);
    long base = StreamIndex.base(index);
    if (base < 0) {
      text.close();
      index.close();
      return Optional.empty();
    }
    return Optional.of(new Segment(text, index, base));
  }

  long first() {
    return first;
  }

  long end() {
    return first + count;
  }

  LogEvent event(long sequence) throws IOException {
    int at = load(sequence - first);
    return new LogEvent(sequence, chunk.getLong(at + 8), chunk.getLong(at + 16));
  }

  /** Where the record is in the chunk. */
  private int load(long record) throws IOException {
    long start = record - record % CHUNK;
    if (start != chunkStart) {
      chunk.clear();
      index.read(chunk, StreamIndex.HEAD + start * StreamIndex.RECORD);
      chunkStart = start;
    }
    return (int) (record - start) * StreamIndex.RECORD;
  }

  /** The message of an event; empty text where it is not there any more. */
  String message(long sequence) throws IOException {
    long record = sequence - first;
    long from = record == 0 ? 0 : chunk.getLong(load(record - 1));
    long to = chunk.getLong(load(record));
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, to - from - 1));
    while (bytes.hasRemaining() && text.read(bytes, from + bytes.position()) > 0) {
      // until all is there, or the file ends
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    try (index) {
      text.close();
    }
  }
}
