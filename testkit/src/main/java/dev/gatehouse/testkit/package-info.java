/**
 * What the tests of more than one module speak with.
 *
 * <p>Start reading at {@link dev.gatehouse.testkit.RawWebSocket}.
 */
@NullMarked
package dev.gatehouse.testkit;

import org.jspecify.annotations.NullMarked;
