/**
 * TLS without a certificate of one's own: a certificate authority for development, made at first
 * use, and what it vouches for. Start reading at {@link dev.gatehouse.server.tls.DevelopmentCa}.
 */
@NullMarked
package dev.gatehouse.server.tls;

import org.jspecify.annotations.NullMarked;
