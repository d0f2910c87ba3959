/**
 * {@code gatehouse demo}: the image pipeline from end to end, as a client of a Gatehouse in a
 * process of its own; {@code gatehouse demo chat}: a chat over a WebSocket API.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.demo.Demo}, which has the steps in their order.
 */
@NullMarked
package dev.gatehouse.cli.demo;

import org.jspecify.annotations.NullMarked;
