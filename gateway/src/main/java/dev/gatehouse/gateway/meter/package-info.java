/**
 * What is counted of each API's stages and routes: http-api.md 11.2, and what operators need beyond
 * it. Start reading at {@link dev.gatehouse.gateway.meter.Meter}.
 */
@NullMarked
package dev.gatehouse.gateway.meter;

import org.jspecify.annotations.NullMarked;
