/**
 * Which route a request meets. Start reading at {@link dev.gatehouse.gateway.route.RouteTable}.
 *
 * <p>Data plane: no blocking, no locks.
 */
@NullMarked
package dev.gatehouse.gateway.route;

import org.jspecify.annotations.NullMarked;
