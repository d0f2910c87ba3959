/**
 * Connections to backends: kept per event loop, so that a request never leaves its own.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.upstream.Upstreams}. Data plane: no blocking, no
 * locks; names are resolved on virtual threads.
 */
@NullMarked
package dev.gatehouse.gateway.upstream;

import org.jspecify.annotations.NullMarked;
