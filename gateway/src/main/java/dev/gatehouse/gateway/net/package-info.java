/**
 * Sockets: the listener, connections of clients, and the bridge to services that block.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.net.ClientConnection}. Everything here runs on
 * event loops and never blocks, except {@link dev.gatehouse.gateway.net.ServiceCall}, half of which
 * runs on a virtual thread.
 */
@NullMarked
package dev.gatehouse.gateway.net;

import org.jspecify.annotations.NullMarked;
