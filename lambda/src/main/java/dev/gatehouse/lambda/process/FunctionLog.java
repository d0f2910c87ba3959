package dev.gatehouse.lambda.process;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of one function: a file with a time before each line, and one older file once it is full.
 * Shared by the function's processes. A disk that is full costs the log, never the invocation.
 */
public final class FunctionLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionLog.class);

  private final Path file;
  private final long maxBytes;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OutputStream out;
  private long size;
  private boolean failing;

  /**
   * @param maxBytes at which a new file is begun
   */
  public FunctionLog(Path file, long maxBytes, InstantSource clock) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** Appends a line; its end is added where it has none. */
  void line(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      OutputStream target = target();
      byte[] time = (clock.instant() + " ").getBytes(StandardCharsets.US_ASCII);
      target.write(time);
      target.write(bytes, offset, length);
      boolean ended = length > 0 && bytes[offset + length - 1] == '\n';
      if (!ended) {
        target.write('\n');
      }
      size += time.length + length + (ended ? 0 : 1);
      failing = false;
    } catch (IOException e) {
      complain(e);
    } finally {
      lock.unlock();
    }
  }

  void flush() {
    lock.lock();
    try {
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      complain(e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (out != null) {
        out.close();
        out = null;
      }
    } catch (IOException e) {
      complain(e);
    } finally {
      lock.unlock();
    }
  }

  private OutputStream target() throws IOException {
    if (out != null && size >= maxBytes) {
      out.close();
      out = null;
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    }
    if (out == null) {
      Files.createDirectories(file.getParent());
      out =
          new BufferedOutputStream(
              Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      size = Files.size(file);
    }
    return out;
  }

  /** Once for each row of failures, so that our own log does not fill as well. */
  private void complain(IOException e) {
    if (!failing) {
      failing = true;
      LOG.warn("The log {} cannot be written: {}", file, e.toString());
    }
  }
}
