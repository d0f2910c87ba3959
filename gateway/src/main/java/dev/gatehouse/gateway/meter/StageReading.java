package dev.gatehouse.gateway.meter;

import dev.gatehouse.model.Scope;
import java.util.Map;
import java.util.Set;

/**
 * What a stage's meters say.
 *
 * @param routes by route key
 * @param detailed the routes that are told to monitoring
 */
public record StageReading(
    Scope scope,
    String apiId,
    String stage,
    Reading whole,
    Map<String, Reading> routes,
    Set<String> detailed) {}
