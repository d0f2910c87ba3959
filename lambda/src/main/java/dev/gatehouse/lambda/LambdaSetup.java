package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.CodeLimits;
import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.lambda.process.Supervisor;
import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.logs.LogSink;
import dev.gatehouse.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What the functions of this server stand on.
 *
 * @param data the data directory; {@code functions} and {@code logs} are made in it
 * @param ids UUIDs in text form
 * @param random numbers from 0 to 1, for aliases that share their invocations out
 * @param endpoint our own listener, as functions reach it; asked when a process starts
 * @param logs takes what functions print
 * @param directories below which functions may run from a directory as it is
 * @param retryAfter how long after a failure an event that nobody waits for is tried again; the
 *     second time it is twice as long
 * @param trust whom functions trust in TLS
 */
public record LambdaSetup(
    Store store,
    Path data,
    InstantSource clock,
    Supplier<String> ids,
    DoubleSupplier random,
    Runtimes runtimes,
    RoleCredentials credentials,
    Supplier<URI> endpoint,
    ObjectReader objects,
    Supervisor supervisor,
    LogSink logs,
    PoolLimits processes,
    CodeLimits code,
    List<Path> directories,
    Duration retryAfter,
    TrustReader trust) {
  public LambdaSetup {
    directories = List.copyOf(directories);
  }
}
