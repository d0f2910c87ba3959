package dev.gatehouse.objects;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a client's call, which remembers how reading it failed: that tells the client's fault
 * from S3Proxy's, whoever's exception comes out in the end.
 */
final class ClientBody extends FilterInputStream {
  private volatile @Nullable IOException failure;

  ClientBody(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** The listener's to close: an answer that comes early does not end the client's sending. */
  @Override
  public void close() {}

  /** Makes the checks of a body without bytes, which nobody would read. */
  void checkEmpty() throws IOException {
    if (read() >= 0) {
      throw new IOException("a body without length has bytes");
    }
  }

  /** Throws what reading failed with; returns where it didn't. */
  void throwFailure() throws IOException {
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
