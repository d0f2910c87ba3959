package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.CodeStore;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.process.FunctionLog;
import dev.gatehouse.lambda.process.FunctionPool;
import dev.gatehouse.lambda.process.ProcessPlan;
import dev.gatehouse.lambda.process.ProcessStart;
import dev.gatehouse.lambda.runtime.FunctionRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of each function at its present revision. A pool of an earlier one finishes what it
 * runs; then its code goes, unless the function still, or again, refers to it.
 */
final class Pools {
  private static final Logger LOG = LoggerFactory.getLogger(Pools.class);
  private static final long MAX_LOG_BYTES = 8L << 20;

  private record Pool(
      String revisionId,
      String sha256,
      FunctionRuntime runtime,
      FunctionPool processes,
      FunctionLog log) {}

  private final LambdaSetup setup;
  private final Catalog catalog;
  private final CodeStore code;
  private final ReentrantLock codeChanges = new ReentrantLock();
  private final Map<FunctionKey, Pool> pools = new ConcurrentHashMap<>();

  private final Semaphore total;
  private final Set<FunctionRuntime> prepared = new HashSet<>();
  private volatile boolean closed;

  Pools(LambdaSetup setup, Catalog catalog, CodeStore code) {
    this.setup = setup;
    this.catalog = catalog;
    this.code = code;
    this.total = new Semaphore(setup.processes().total());
  }

  /** Held from the keeping of an archive to the commit of its row, and while one is removed. */
  ReentrantLock codeChanges() {
    return codeChanges;
  }

  /**
   * The function's pool, made where there is none yet.
   *
   * @throws IOException where its code cannot be read, or its runtime is no longer here
   */
  FunctionPool of(FunctionKey key, FunctionDefinition definition) throws IOException {
    if (closed) {
      throw new IOException("Gatehouse is stopping");
    }
    Pool present = pools.get(key);
    if (present != null && present.revisionId().equals(definition.revisionId())) {
      return present.processes();
    }
    Pool fresh = pool(key, definition);
    Pool[] old = new Pool[1];
    Pool chosen =
        pools.compute(
            key,
            (k, current) -> {
              if (current != null && current.revisionId().equals(definition.revisionId())) {
                return current;
              }
              old[0] = current;
              return fresh;
            });
    retire(key, old[0]);
    return chosen.processes();
  }

  private Pool pool(FunctionKey key, FunctionDefinition definition) throws IOException {
    Settings settings = definition.settings();
    FunctionRuntime runtime =
        setup
            .runtimes()
            .find(settings.runtime())
            .orElseThrow(() -> new IOException(setup.runtimes().lack(settings.runtime())));
    Path root = code.taskRoot(key, definition.code().sha256());
    FunctionStart start =
        new FunctionStart(new ProcessEnvironment(setup), runtime, key, definition, root, null);
    Path temporary = setup.data().resolve("tmp");
    start.command(new ProcessStart.Place("", temporary)); // refused now rather than in a process
    ProcessPlan plan =
        new ProcessPlan(
            start, root, temporary, Duration.ofSeconds(settings.timeout()), settings.memorySize());
    Path file = key.below(setup.data().resolve("logs/functions")).resolve("function.log");
    FunctionLog log = new FunctionLog(file, MAX_LOG_BYTES, setup.clock());
    return new Pool(
        definition.revisionId(),
        definition.code().sha256(),
        runtime,
        new FunctionPool(setup.supervisor(), plan, log, setup.processes(), total, setup.clock()),
        log);
  }

  /** The function was changed or deleted. */
  void changed(FunctionKey key) {
    retire(key, pools.remove(key));
  }

  /** The function does not refer to this archive any more. */
  void replaced(FunctionKey key, String sha256) {
    Pool pool = pools.get(key);
    if (pool == null || !pool.sha256().equals(sha256)) {
      removeCode(key, sha256);
    } else {
      changed(key);
    }
  }

  private void retire(FunctionKey key, @Nullable Pool pool) {
    if (pool != null) {
      var _ =
          pool.processes()
              .retire()
              .thenRunAsync(
                  () -> {
                    pool.log().close();
                    removeCode(key, pool.sha256());
                  },
                  Thread::startVirtualThread);
    }
  }

  private void removeCode(FunctionKey key, String sha256) {
    codeChanges.lock();
    try {
      boolean wanted =
          catalog
              .find(key)
              .filter(entry -> entry.definition().code().sha256().equals(sha256))
              .isPresent();
      if (!wanted) {
        code.remove(key, sha256);
      }
    } catch (IOException e) {
      LOG.warn(
          "Old code of {} stays on the disk until the next start: {}", key.arn(), e.toString());
    } finally {
      codeChanges.unlock();
    }
  }

  /**
   * Ends the process that has been idle for longest, of whichever function, where the places of all
   * are taken.
   */
  boolean makeRoom() {
    return total.availablePermits() == 0
        && pools.values().stream()
            .map(Pool::processes)
            .filter(pool -> pool.idleSince().isPresent())
            .min(Comparator.comparing(pool -> pool.idleSince().orElse(Instant.MAX)))
            .filter(FunctionPool::endIdlest)
            .isPresent();
  }

  void reap() {
    pools.values().forEach(pool -> pool.processes().reap());
  }

  /** Makes later starts shorter, for the runtimes that are in use. */
  void prepareRuntimes() {
    List<FunctionRuntime> used =
        pools.values().stream().map(Pool::runtime).filter(prepared::add).toList();
    for (FunctionRuntime runtime : used) {
      try {
        runtime.prepare();
      } catch (IOException e) {
        LOG.info("Starts of functions are not as short as they could be: {}", e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends at once, busy or not, what functions run that are no longer there. */
  void endDeleted(Duration limit) {
    List<Pool> deleted = new ArrayList<>();
    for (FunctionKey key : List.copyOf(pools.keySet())) {
      Pool pool = catalog.find(key).isEmpty() ? pools.remove(key) : null;
      if (pool != null) {
        deleted.add(pool);
      }
    }
    end(deleted, limit);
  }

  /** Ends every process and waits until they are gone. */
  void close(Duration limit) {
    closed = true;
    end(pools.values(), limit);
  }

  private static void end(Collection<Pool> pools, Duration limit) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    pools.forEach(pool -> ends.add(pool.processes().close()));
    var all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    try {
      all.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("Not every function's process ended within {}", limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pools.forEach(pool -> pool.log().close());
  }
}
