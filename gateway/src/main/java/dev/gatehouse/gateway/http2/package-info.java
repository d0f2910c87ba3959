/**
 * HTTP/2 on the listener, beside HTTP/1.1, by TLS's choice of protocols or a client's prior
 * knowledge, and with it WebSockets over HTTP/2 (RFC 8441). An extension: where it is off, nothing
 * here is loaded.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.http2.Http2}. Each stream is a channel with a
 * connection of its own on it, so that all that answers requests knows nothing of HTTP/2.
 */
@NullMarked
package dev.gatehouse.gateway.http2;

import org.jspecify.annotations.NullMarked;
