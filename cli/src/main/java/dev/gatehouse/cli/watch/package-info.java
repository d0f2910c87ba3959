/**
 * {@code gatehouse status}, {@code top} and {@code logs}: what a running server does, for people.
 * Start reading at {@link dev.gatehouse.cli.watch.StatusCommand}.
 */
@NullMarked
package dev.gatehouse.cli.watch;

import org.jspecify.annotations.NullMarked;
