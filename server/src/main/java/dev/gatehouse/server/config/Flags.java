package dev.gatehouse.server.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was said on the command line, which goes before the file.
 *
 * @param config the file; null for the one in the data directory, if there is one
 * @param port null for the file's
 * @param data null for the file's
 * @param ephemeral whether the data directory is a fresh one that is deleted at the end; such a one
 *     has no file
 */
public record Flags(
    @Nullable Path config, @Nullable Integer port, @Nullable Path data, boolean ephemeral) {}
