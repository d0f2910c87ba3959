/**
 * {@code gatehouse ws}: a client of WebSocket APIs, and the view of who is connected.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.socket.SocketCommand}.
 */
@NullMarked
package dev.gatehouse.cli.socket;

import org.jspecify.annotations.NullMarked;
