package dev.gatehouse.wire.sigv4;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Hands a body on and holds its last byte back until every check has passed: whoever was promised
 * so many bytes never gets all of a bad body. Used by one thread.
 */
final class CheckedBody extends InputStream {
  private static final int NOT_STARTED = -2;

  private final InputStream in;
  private final List<BodyCheck> checks;
  private int held = NOT_STARTED;
  private boolean ended;

  CheckedBody(InputStream in, List<BodyCheck> checks) {
    this.in = in;
    this.checks = List.copyOf(checks);
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
    if (held == NOT_STARTED) {
      held = next();
    }
    if (held < 0) {
      return -1;
    }
    int first = held;
    int more = length == 1 ? 0 : pull(bytes, offset + 1, length - 1);
    held = more > 0 ? bytes[offset + more] & 0xff : next();
    bytes[offset] = (byte) first;
    return Math.max(more, 1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private int next() throws IOException {
    byte[] one = new byte[1];
    return pull(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  private int pull(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, length);
    if (count < 0) {
      ended = true;
      for (BodyCheck check : checks) {
        check.finish();
      }
    } else {
      checks.forEach(check -> check.update(bytes, offset, count));
    }
    return count;
  }
}
