/**
 * What API keys have used, counted in memory that is a file: a count costs no system call, and
 * stands when the process is killed. Start reading at {@link
 * dev.gatehouse.control.usage.UsageCounts}.
 */
@NullMarked
package dev.gatehouse.control.usage;

import org.jspecify.annotations.NullMarked;
