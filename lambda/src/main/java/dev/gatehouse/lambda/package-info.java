/**
 * The Lambda API subset; functions run as local processes behind the Lambda Runtime API.
 *
 * <p>Start reading at {@link dev.gatehouse.lambda.LambdaApi} for control calls and {@link
 * dev.gatehouse.lambda.Functions} for invocations. Plain blocking code on virtual threads.
 */
@NullMarked
package dev.gatehouse.lambda;

import org.jspecify.annotations.NullMarked;
