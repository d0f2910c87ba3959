/**
 * The server: configuration, the one composition root, and what is on a listener besides the data
 * plane.
 *
 * <p>Start reading at {@link dev.gatehouse.server.Gatehouse}, where everything is put together, and
 * {@link dev.gatehouse.server.Switchboard}, where a call finds its service.
 */
@NullMarked
package dev.gatehouse.server;

import org.jspecify.annotations.NullMarked;
