/** The lines of access logs; start reading at {@link dev.gatehouse.gateway.log.StageLog}. */
@NullMarked
package dev.gatehouse.gateway.log;

import org.jspecify.annotations.NullMarked;
