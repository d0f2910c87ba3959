package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.Code;
import dev.gatehouse.lambda.code.CodeStore;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.lambda.code.LayerStore;
import dev.gatehouse.lambda.code.LiveDirectory;
import dev.gatehouse.lambda.process.FunctionPool;
import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.lambda.process.ProcessPlan;
import dev.gatehouse.lambda.process.ProcessStart;
import dev.gatehouse.lambda.runtime.FunctionRuntime;
import dev.gatehouse.lambda.runtime.Trust;
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
import java.util.Optional;
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
 * The pool of each version of a function at its present state. A pool of an earlier one finishes
 * what it runs; then its code goes, unless a version still, or again, refers to it.
 */
final class Pools {
  private static final Logger LOG = LoggerFactory.getLogger(Pools.class);

  /**
   * A pool.
   *
   * @param state what is another where the pool would have to be another
   */
  private record Pool(
      String state, String sha256, FunctionRuntime runtime, FunctionPool processes) {}

  private final LambdaSetup setup;
  private final CodeStore code;
  private final LayerStore layers;
  private final ReentrantLock codeChanges = new ReentrantLock();
  private final Map<VersionKey, Pool> pools = new ConcurrentHashMap<>();

  /** With the archive that each still runs from. */
  private final Map<FunctionPool, VersionKey> retiring = new ConcurrentHashMap<>();

  private final Map<FunctionPool, String> archives = new ConcurrentHashMap<>();
  private final Semaphore total;
  private final Set<FunctionRuntime> prepared = new HashSet<>();
  private volatile boolean closed;

  Pools(LambdaSetup setup, CodeStore code, LayerStore layers) {
    this.setup = setup;
    this.code = code;
    this.layers = layers;
    this.total = new Semaphore(setup.processes().total());
  }

  /** Held from the keeping of an archive to the commit of its row, and while some are removed. */
  ReentrantLock codeChanges() {
    return codeChanges;
  }

  /**
   * The pool of a version, made where there is none yet.
   *
   * @param reserved how many invocations may run at once, where the function says
   * @throws IOException where its code cannot be read, or its runtime is no longer here
   */
  FunctionPool of(FunctionKey key, FunctionDefinition definition, Optional<Integer> reserved)
      throws IOException {
    if (closed) {
      throw new IOException("Gatehouse is stopping");
    }
    String state = state(definition, reserved);
    VersionKey version = VersionKey.of(key, definition);
    Pool present = pools.get(version);
    if (present != null && present.state().equals(state)) {
      return present.processes();
    }
    Pool fresh = pool(key, definition, state, reserved);
    Pool[] old = new Pool[1];
    Pool chosen =
        pools.compute(
            version,
            (k, current) -> {
              if (current != null && current.state().equals(state)) {
                return current;
              }
              old[0] = current;
              return fresh;
            });
    retire(version, old[0]);
    return chosen.processes();
  }

  private static String state(FunctionDefinition definition, Optional<Integer> reserved)
      throws IOException {
    String directory = definition.code().directory();
    String live = directory == null ? "" : new LiveDirectory(Path.of(directory)).state();
    return definition.revisionId() + " " + reserved.orElse(-1) + " " + live;
  }

  private Pool pool(
      FunctionKey key, FunctionDefinition definition, String state, Optional<Integer> reserved)
      throws IOException {
    Settings settings = definition.settings();
    FunctionRuntime runtime =
        setup
            .runtimes()
            .find(settings.runtime())
            .orElseThrow(() -> new IOException(setup.runtimes().lack(settings.runtime())));
    Path root = root(key, definition.code());
    @Nullable Path layers = layers(settings);
    FunctionStart start = new FunctionStart(setup, runtime, key, definition, root, layers);
    start.command(new ProcessStart.Place("", root, "")); // refused now rather than in a process
    ProcessPlan plan =
        new ProcessPlan(
            start,
            root,
            setup.data().resolve("tmp"),
            Duration.ofSeconds(settings.timeout()),
            settings.memorySize(),
            settings.ephemeralStorage(),
            definition.version(),
            needed(runtime, layers));
    FunctionPool processes =
        new FunctionPool(setup.supervisor(), plan, limits(reserved), total, setup.clock());
    return new Pool(state, definition.code().sha256(), runtime, processes);
  }

  /** What a process reads besides the function's own code. */
  private List<Path> needed(FunctionRuntime runtime, @Nullable Path layers) throws IOException {
    List<Path> needed = new ArrayList<>(runtime.needed());
    if (layers != null) {
      needed.add(layers);
    }
    Trust trust = setup.trust().files();
    if (trust != null) {
      needed.addAll(List.of(trust.authority(), trust.bundle(), trust.keyStore()));
    }
    return needed.stream().filter(Path::isAbsolute).toList();
  }

  private PoolLimits limits(Optional<Integer> reserved) {
    PoolLimits usual = setup.processes();
    return usual.withProcesses(Math.min(reserved.orElse(usual.processes()), usual.total()));
  }

  private Path root(FunctionKey key, Code of) throws IOException {
    return of.directory() == null ? code.taskRoot(key, of.sha256()) : Path.of(of.directory());
  }

  private @Nullable Path layers(Settings settings) throws IOException {
    if (settings.layers().isEmpty()) {
      return null;
    }
    return layers.directory(
        settings.layers().stream()
            .map(use -> new LayerStore.Layer(LayerName.ofVersion(use.arn()).key(), use.sha256()))
            .toList());
  }

  /** The function was changed or deleted, or one of its versions was: nothing old goes on. */
  void changed(FunctionKey key) {
    for (VersionKey version : List.copyOf(pools.keySet())) {
      if (version.function().equals(key) && outdated(version)) {
        retire(version, pools.remove(version));
      }
    }
    tidy(key);
  }

  private boolean outdated(VersionKey version) {
    Pool pool = pools.get(version);
    return pool != null
        && FunctionRows.find(setup.store().head(), version.function(), version.version())
            .filter(definition -> pool.state().startsWith(definition.revisionId() + " "))
            .isEmpty();
  }

  private void retire(VersionKey version, @Nullable Pool pool) {
    if (pool != null) {
      FunctionPool processes = pool.processes();
      archives.put(processes, pool.sha256());
      retiring.put(processes, version);
      var _ =
          processes
              .retire()
              .thenRunAsync(
                  () -> {
                    retiring.remove(processes);
                    archives.remove(processes);
                    tidy(version.function());
                  },
                  Thread::startVirtualThread);
    }
  }

  /** Removes the archives that no version of the function refers to and no process runs from. */
  private void tidy(FunctionKey key) {
    codeChanges.lock();
    try {
      Set<String> wanted = FunctionRows.archives(setup.store().head(), key);
      retiring.forEach((pool, version) -> {
        if (version.function().equals(key)) {
          wanted.add(archives.getOrDefault(pool, ""));
        }
      });
      code.keepOnly(key, wanted);
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
    for (VersionKey version : List.copyOf(pools.keySet())) {
      Pool pool = outdated(version) ? pools.remove(version) : null;
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
  }
}
