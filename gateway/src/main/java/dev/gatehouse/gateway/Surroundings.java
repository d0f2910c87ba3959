package dev.gatehouse.gateway;

import dev.gatehouse.gateway.balance.Targets;
import dev.gatehouse.model.Extensions;

/**
 * What APIs are compiled with besides their definitions; the same for all and for as long as the
 * server runs.
 *
 * @param extensions what goes beyond AWS and is switched on
 */
record Surroundings(Targets targets, Extensions extensions, Authorization authorization) {}
