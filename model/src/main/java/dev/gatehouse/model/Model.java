package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * A schema that messages of a WebSocket API are held against (control-plane.md section 13).
 *
 * @param schema JSON Schema draft 4, as text
 */
public record Model(
    String modelId,
    String name,
    String schema,
    @Nullable String contentType,
    @Nullable String description) {}
