/** {@code gatehouse invoke}: one event for a function, and what it answers. */
@NullMarked
package dev.gatehouse.cli.function;

import org.jspecify.annotations.NullMarked;
