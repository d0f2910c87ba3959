package dev.gatehouse.server;

import dev.gatehouse.identity.TemporaryCredentials;
import dev.gatehouse.lambda.LambdaSetup;
import dev.gatehouse.lambda.code.CodeLimits;
import dev.gatehouse.lambda.process.Cgroups;
import dev.gatehouse.lambda.process.CpuShares;
import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.lambda.process.ProcessWatch;
import dev.gatehouse.lambda.process.Supervisor;
import dev.gatehouse.lambda.runtime.Installed;
import dev.gatehouse.lambda.runtime.RuntimeSearch;
import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.objects.ObjectStore;
import dev.gatehouse.server.config.FunctionSettings;
import dev.gatehouse.server.config.Settings;
import dev.gatehouse.server.config.WrongConfiguration;
import dev.gatehouse.server.tls.TrustFiles;
import dev.gatehouse.store.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what runs functions. */
final class FunctionParts {
  private final Configuration configuration;
  private final Settings settings;
  private final Closing closing;
  private final InstantSource clock;
  private final SecureRandom random;

  FunctionParts(
      Configuration configuration, Closing closing, InstantSource clock, SecureRandom random) {
    this.configuration = configuration;
    this.settings = configuration.settings();
    this.closing = closing;
    this.clock = clock;
    this.random = random;
  }

  /** What functions are started with, and from. */
  LambdaSetup setup(
      DataDirectory data,
      Store store,
      TemporaryCredentials sessions,
      Supplier<URI> endpoint,
      ObjectStore objects,
      LogStore logs,
      TrustFiles trust)
      throws IOException {
    Path bootstraps = configuration.distribution().resolve("lib/runtimes");
    RuntimeSearch search =
        new RuntimeSearch(
            settings.runtimes(),
            Jars.in(bootstraps.resolve("java")),
            bootstraps,
            caches(data),
            Installed.here());
    return new LambdaSetup(
        store,
        data.path(),
        clock,
        () -> UUID.randomUUID().toString(),
        random::nextDouble,
        new Runtimes(search),
        sessions::mint,
        endpoint,
        (scope, bucket, key, maxBytes) -> objects.read(bucket, key, maxBytes),
        Supervisor.find(
            Supervisor.users(
                settings.functions().firstUser(), settings.functions().totalProcesses()),
            cpu(settings.functions().cpuGroup()),
            closing.started(new ProcessWatch())),
        logs,
        pools(),
        CodeLimits.defaults(),
        settings.functions().directories(),
        settings.functions().retryAfter(),
        settings.listen().tls() ? trust::get : () -> null);
  }

  private static CpuShares cpu(@Nullable Path group) {
    try {
      return group == null ? CpuShares.free() : Cgroups.in(group);
    } catch (IOException e) {
      throw new WrongConfiguration("functions.cpu-group: " + group + ": " + e.getMessage());
    }
  }

  private PoolLimits pools() {
    PoolLimits usual = PoolLimits.defaults();
    FunctionSettings functions = settings.functions();
    return new PoolLimits(
        functions.totalProcesses(),
        functions.processes(),
        usual.start(),
        functions.idle(),
        usual.age());
  }

  /** Beside the distribution, so that a server on a fresh data directory finds them made. */
  private Path caches(DataDirectory data) {
    Path shared = configuration.distribution().resolve("lib/runtimes");
    return Files.isWritable(shared) ? shared.resolve("cache") : data.path().resolve("cache");
  }
}
