/**
 * AWS Signature Version 4 over the exact bytes of a request: reading what a request claims,
 * checking it, making signatures of our own, and checking a body while it is read.
 *
 * <p>Start reading at {@link dev.gatehouse.wire.sigv4.Claim} (what a request says about its
 * signature), then {@link dev.gatehouse.wire.sigv4.SignatureVerifier} and {@link
 * dev.gatehouse.wire.sigv4.CanonicalRequest}. A refusal is a value, never an exception; only a body
 * that turns out not to be what was signed is told by {@link
 * dev.gatehouse.wire.sigv4.PayloadRejected}, since it is found out while the body is read.
 */
@NullMarked
package dev.gatehouse.wire.sigv4;

import org.jspecify.annotations.NullMarked;
