/**
 * Runtime names and what starts them on this machine.
 *
 * <p>Start reading at {@link dev.gatehouse.lambda.runtime.Runtimes}.
 */
@NullMarked
package dev.gatehouse.lambda.runtime;

import org.jspecify.annotations.NullMarked;
