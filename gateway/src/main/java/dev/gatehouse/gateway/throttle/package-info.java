/** How many requests get through; start reading at {@link Throttles}. */
@NullMarked
package dev.gatehouse.gateway.throttle;

import org.jspecify.annotations.NullMarked;
