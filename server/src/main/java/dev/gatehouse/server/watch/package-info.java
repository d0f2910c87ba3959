/**
 * What operators see of a running server: metrics for monitoring, the state for people. Start
 * reading at {@link dev.gatehouse.server.watch.Metrics}.
 */
@NullMarked
package dev.gatehouse.server.watch;

import org.jspecify.annotations.NullMarked;
