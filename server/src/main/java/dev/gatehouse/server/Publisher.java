package dev.gatehouse.server;

import dev.gatehouse.control.Releases;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.store.Store;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what was written to the data plane: reads the changes after the last revision it has seen
 * and publishes the APIs they touch. Many quick writes are folded into one round. An API that
 * cannot be compiled keeps being served as it was.
 */
final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  private final Store store;
  private final Releases releases;
  private final Gateway gateway;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private long committed;
  private long published;
  private boolean closed;

  Publisher(Store store, Releases releases, Gateway gateway) {
    this.store = store;
    this.releases = releases;
    this.gateway = gateway;
  }

  /** Publishes all there is, then whatever is committed from now on. */
  void start() {
    store.onCommit(this::announce);
    published = store.revision();
    committed = published;
    releases.apiIds().forEach(this::publish);
    announce(store.revision());
    Thread.ofVirtual().name("publisher").start(this::run);
  }

  private void announce(long revision) {
    lock.lock();
    try {
      committed = Math.max(committed, revision);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a revision is served, so that a client that was answered finds what it asked for.
   *
   * @return false when the time was over first
   */
  boolean await(long revision, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (published < revision && left > 0 && !closed) {
        left = moved.awaitNanos(left);
      }
      return published >= revision;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (long target = next(); target > 0; target = next()) {
        Set<String> changed = releases.changed(store.changesSince(published, target));
        changed.forEach(this::publish);
        done(target);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** The revision to go to; 0 when closed. */
  private long next() throws InterruptedException {
    lock.lock();
    try {
      while (committed == published && !closed) {
        moved.await();
      }
      return closed ? 0 : committed;
    } finally {
      lock.unlock();
    }
  }

  private void done(long revision) {
    lock.lock();
    try {
      published = revision;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void publish(String apiId) {
    try {
      releases.read(apiId).ifPresentOrElse(gateway::publish, () -> gateway.withdraw(apiId));
    } catch (RuntimeException broken) {
      LOG.error("API {} could not be published; it is served as it was", apiId, broken);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
