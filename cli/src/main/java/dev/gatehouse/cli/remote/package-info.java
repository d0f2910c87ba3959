/**
 * Calls of a running server, signed as every AWS tool signs, for the commands that make them: who
 * calls, which server, how its answers and refusals are shown.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.remote.Server}, the options that such commands
 * share.
 */
@NullMarked
package dev.gatehouse.cli.remote;

import org.jspecify.annotations.NullMarked;
