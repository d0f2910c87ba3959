package dev.gatehouse.server;

import dev.gatehouse.control.Releases;
import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.model.ApiRelease;
import dev.gatehouse.server.keys.KeyRing;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final KeyRing keys;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  /** The revision of each stage that is served, by API and stage; the publishing thread's own. */
  private final Map<String, Map<String, Long>> served = new HashMap<>();

  private long committed;
  private long published;
  private boolean closed;

  Publisher(Store store, Releases releases, Gateway gateway, KeyRing keys) {
    this.store = store;
    this.releases = releases;
    this.gateway = gateway;
    this.keys = keys;
  }

  /** Publishes all there is, then whatever is committed from now on. */
  void start() {
    store.onCommit(this::announce);
    published = store.revision();
    committed = published;
    keys.load(store.head());
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
        List<Row> rows = store.changesSince(published, target);
        keys.changed(rows);
        Set<String> changed = releases.changed(rows);
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
      Map<String, Long> base = served.getOrDefault(apiId, Map.of());
      served.remove(apiId); // until it has gone well: a difference to half a change is none
      if (!tellDifference(apiId, base)) {
        tell(apiId, Map.of());
      }
    } catch (RuntimeException broken) {
      LOG.error("API {} could not be published; it is served as it was", apiId, broken);
    }
  }

  /** Tells what differs from what is served; false where the data plane must be told all. */
  private boolean tellDifference(String apiId, Map<String, Long> base) {
    if (base.isEmpty()) {
      return false;
    }
    try {
      tell(apiId, base);
      return true;
    } catch (IllegalArgumentException notServed) {
      return false;
    }
  }

  private void tell(String apiId, Map<String, Long> base) {
    releases.read(apiId, base).ifPresentOrElse(this::serve, () -> gateway.withdraw(apiId));
  }

  private void serve(ApiRelease release) {
    gateway.publish(release);
    Map<String, Long> revisions = new HashMap<>();
    for (ApiRelease.StageRelease stage : release.stages()) {
      String name = stage.stage().stageName();
      if (stage.deployed() instanceof ApiRelease.Whole whole) {
        revisions.put(name, whole.revision());
      } else if (stage.deployed() instanceof ApiRelease.Difference difference) {
        revisions.put(name, difference.revision());
      }
    }
    served.put(release.apiId(), revisions);
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
