/** {@code gatehouse prune}: what nobody uses any more. */
@NullMarked
package dev.gatehouse.cli.upkeep;

import org.jspecify.annotations.NullMarked;
