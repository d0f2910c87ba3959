package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.CodeLimits;
import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.lambda.process.Supervisor;
import dev.gatehouse.lambda.runtime.Runtimes;
import dev.gatehouse.store.Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the functions of this server stand on.
 *
 * @param data the data directory; {@code functions} and {@code logs} are made in it
 * @param ids UUIDs in text form
 * @param endpoint our own listener, as functions reach it; asked when a process starts
 */
public record LambdaSetup(
    Store store,
    Path data,
    InstantSource clock,
    Supplier<String> ids,
    Runtimes runtimes,
    RoleCredentials credentials,
    Supplier<URI> endpoint,
    ObjectReader objects,
    Supervisor supervisor,
    PoolLimits processes,
    CodeLimits code) {}
