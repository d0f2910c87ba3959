/**
 * The bootstrap of the Java runtimes: asks the Lambda Runtime API for events, runs the function's
 * handler on them, and posts what came of it. Runs inside the function's own process.
 *
 * <p>Start reading at {@link dev.gatehouse.runtime.java.Bootstrap}. Blocking code on the one main
 * thread, as in AWS's runtime; written for a short start, hence plain sockets and few classes.
 */
@NullMarked
package dev.gatehouse.runtime.java;

import org.jspecify.annotations.NullMarked;
