package dev.gatehouse.cli.socket;

import dev.gatehouse.wire.http.Headers;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is asked for.
 *
 * @param authorities a file of those that are trusted; null for the usual ones
 */
record Opening(URI place, Headers headers, List<String> subprotocols, @Nullable Path authorities) {}
