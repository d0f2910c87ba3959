/**
 * WebSocket APIs: handshakes, messages, the events of connections, and {@code @connections}.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.websocket.WebSockets}. A {@link
 * dev.gatehouse.gateway.websocket.Handshake} answers an upgrade and leaves a {@link
 * dev.gatehouse.gateway.websocket.SocketConnection}; whatever happens to one is a {@link
 * dev.gatehouse.gateway.websocket.SocketEvent}, which a {@link
 * dev.gatehouse.gateway.websocket.SocketCall} takes to its route's {@link
 * dev.gatehouse.gateway.websocket.SocketBackend}.
 *
 * <p>A connection lives on its event loop. It holds the names of its API and stage and looks them
 * up anew with every message, so that a deployment reaches it at once and no change drops it. Data
 * plane: no blocking, no locks; events are written and answers read on virtual threads.
 */
@NullMarked
package dev.gatehouse.gateway.websocket;

import org.jspecify.annotations.NullMarked;
