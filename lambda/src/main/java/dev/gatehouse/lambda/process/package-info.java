/**
 * Functions as child processes. Each process has a Lambda Runtime API of its own on its own
 * loopback port, runs in its own process group, and dies with Gatehouse.
 *
 * <p>Start reading at {@link dev.gatehouse.lambda.process.FunctionPool}, which picks a process for
 * an invocation, then {@link dev.gatehouse.lambda.process.FunctionProcess} and {@link
 * dev.gatehouse.lambda.process.RuntimeSession}, the states of one process. Blocking code on virtual
 * threads.
 */
@NullMarked
package dev.gatehouse.lambda.process;

import org.jspecify.annotations.NullMarked;
