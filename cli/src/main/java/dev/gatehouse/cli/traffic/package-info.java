/**
 * {@code gatehouse explain} and {@code gatehouse requests}: which way a request would go, and which
 * way one went. Start reading at {@link dev.gatehouse.cli.traffic.ExplainCommand}.
 */
@NullMarked
package dev.gatehouse.cli.traffic;

import org.jspecify.annotations.NullMarked;
