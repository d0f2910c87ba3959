/**
 * Functions that live elsewhere: at AWS, or at any endpoint that speaks Lambda's Invoke.
 *
 * <p>Start reading at {@link dev.gatehouse.lambda.remote.RemoteFunctions}.
 */
@NullMarked
package dev.gatehouse.lambda.remote;

import org.jspecify.annotations.NullMarked;
