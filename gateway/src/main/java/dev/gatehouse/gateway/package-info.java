/**
 * The data plane: requests of clients to the integrations of APIs.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.Gateway}, then {@link
 * dev.gatehouse.gateway.Exchange}, the life of one request. An {@link
 * dev.gatehouse.gateway.ApiCompiler} turns definitions into the immutable values that requests
 * read: {@link dev.gatehouse.gateway.Snapshot}, {@link dev.gatehouse.gateway.LiveStage}, {@link
 * dev.gatehouse.gateway.LiveRoute}, {@link dev.gatehouse.gateway.Backend}.
 *
 * <p>Data plane code never blocks, locks, reflects, or parses what could be compiled beforehand.
 */
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
