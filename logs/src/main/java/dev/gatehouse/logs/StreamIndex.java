package dev.gatehouse.logs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where each event of a file ends, when it happened and when it was taken: records of one size
 * behind a head that says how many events the stream had before this file. Written after what it
 * tells of, so that a reader never finds less text than it was promised. One thread's own.
 */
final class StreamIndex implements Closeable {
  static final int HEAD = 16;
  static final int RECORD = 24;
  private static final long MAGIC = 0x4748_4c4f_4749_4458L;
  private static final int BUFFERED = 1_024;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFERED * RECORD);
  private final long base;
  private long records;

  private StreamIndex(FileChannel channel, long base, long records) {
    this.channel = channel;
    this.base = base;
    this.records = records;
  }

  /**
   * Opens an index to write on, without what its file does not hold.
   *
   * @param base of a new one
   * @param textBytes how much text there is
   */
  static StreamIndex open(Path path, long base, long textBytes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long known = base(channel);
      StreamIndex index =
          known < 0
              ? new StreamIndex(channel, base, 0)
              : new StreamIndex(channel, known, count(channel));
      if (known < 0) {
        index.writeHead();
      }
      index.forget(textBytes);
      return index;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  /** How many events came before those of a file; -1 where it has no head. */
  static long base(FileChannel channel) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    int read = channel.read(head, 0);
    return read == HEAD && head.getLong(0) == MAGIC ? head.getLong(8) : -1;
  }

  /** How many whole records a file has. */
  static long count(FileChannel channel) throws IOException {
    return Math.max(0, (channel.size() - HEAD) / RECORD);
  }

  private void writeHead() throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(HEAD).putLong(MAGIC).putLong(base).flip(), 0);
  }

  /** Drops the records of text that is not there any more. */
  private void forget(long textBytes) throws IOException {
    while (records > 0 && end(records - 1) > textBytes) {
      records--;
    }
    channel.truncate(HEAD + records * RECORD);
    channel.position(HEAD + records * RECORD);
  }

  private long end(long record) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(8);
    channel.read(end, HEAD + record * RECORD);
    return end.getLong(0);
  }

  /** Where the last event ends. */
  long end() throws IOException {
    return records == 0 ? 0 : end(records - 1);
  }

  /** How many events the stream has had up to here. */
  long sequence() {
    return base + records;
  }

  void add(long end, long millis, long ingested) throws IOException {
    if (buffer.remaining() < RECORD) {
      flush();
    }
    buffer.putLong(end).putLong(millis).putLong(ingested);
    records++;
  }

  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
