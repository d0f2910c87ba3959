/** What the data plane asks of others. */
@NullMarked
package dev.gatehouse.gateway.spi;

import org.jspecify.annotations.NullMarked;
