package dev.gatehouse.objects;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Some bytes of a file that is open; closes it at its own end. Used by one thread. */
final class Excerpt extends InputStream {
  private final FileChannel file;
  private long at;
  private final long end;

  Excerpt(FileChannel file, ByteRange range) {
    this.file = file;
    this.at = range.from();
    this.end = range.from() + range.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at >= end) {
      return -1;
    }
    int count = file.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(length, end - at)), at);
    at += Math.max(count, 0);
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
