/**
 * The {@code gatehouse} command: reads the command line, starts what it names, turns errors into
 * one line and an exit code.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.Main}.
 */
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
