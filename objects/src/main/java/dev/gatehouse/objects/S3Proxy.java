package dev.gatehouse.objects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * S3Proxy as a process of its own: started when it is first needed, once for callers that come
 * together, and again when it has died. Each start has a new port and a new credential.
 */
public final class S3Proxy implements AutoCloseable {
  private static final int CREDENTIAL_BYTES = 24;

  private final Path java;
  private final Path library;
  private final Path folder;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable S3ProxyProcess running;
  private boolean closed;

  /**
   * @param java the {@code java} command to start it with
   * @param library the folder of its jars, {@code lib/objects} of the distribution
   * @param folder where the objects are kept; made when it does not exist
   * @param random makes the credential, so it must be a secure one
   */
  public S3Proxy(Path java, Path library, Path folder, RandomGenerator random) {
    this.java = java;
    this.library = library;
    this.folder = folder;
    this.random = random;
  }

  /** Its endpoint, when it runs; it does when this returns. */
  Endpoint endpoint() throws IOException {
    S3ProxyProcess current = running;
    if (current != null && current.isAlive()) {
      return current.endpoint();
    }
    lock.lock();
    try {
      return started().endpoint();
    } finally {
      lock.unlock();
    }
  }

  /** Where the buckets are. */
  Path folder() {
    return folder;
  }

  /** The process as the machine knows it; for tests, which kill it. */
  @Nullable ProcessHandle process() {
    S3ProxyProcess current = running;
    return current == null ? null : current.handle();
  }

  /** Empties its folder. It keeps nothing elsewhere, so it need not be started anew. */
  void clear() throws IOException {
    lock.lock();
    try {
      Emptying.empty(folder);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      S3ProxyProcess current = running;
      if (current != null) {
        current.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private S3ProxyProcess started() throws IOException {
    if (closed) {
      throw new IOException("the object store is closed");
    }
    S3ProxyProcess current = running;
    if (current != null && current.isAlive()) {
      return current;
    }
    OwnerFolder.create(folder);
    S3ProxyProcess fresh = S3ProxyProcess.start(java, library, folder, text(), text());
    running = fresh;
    return fresh;
  }

  private String text() {
    byte[] bytes = new byte[CREDENTIAL_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
