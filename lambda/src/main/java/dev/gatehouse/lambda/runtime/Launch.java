package dev.gatehouse.lambda.runtime;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a process of a function starts.
 *
 * @param taskRoot the function's unpacked code
 * @param layers its unpacked layers, one over the other; null where it has none
 * @param temporary the process's own directory for temporary files
 * @param memorySize megabytes
 * @param trust whom the process trusts in TLS; null for whom its runtime trusts by itself
 */
public record Launch(
    Path taskRoot, @Nullable Path layers, Path temporary, int memorySize, @Nullable Trust trust) {}
