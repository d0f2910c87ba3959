/**
 * The restJson1 protocol of the control API: one table of operations drives decoding, encoding and
 * the checks of shape.
 *
 * <p>Start reading at {@code operations.txt} (the table) and {@link
 * dev.gatehouse.wire.rest.Operations}, which reads it; {@link dev.gatehouse.wire.rest.Decoder} and
 * {@link dev.gatehouse.wire.rest.Encoder} follow it. Blocking world: no call of the data plane
 * comes here.
 */
@NullMarked
package dev.gatehouse.wire.rest;

import org.jspecify.annotations.NullMarked;
