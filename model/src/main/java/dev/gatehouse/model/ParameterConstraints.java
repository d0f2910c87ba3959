package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/** Whether a request parameter of a WebSocket route must be given. */
public record ParameterConstraints(@Nullable Boolean required) {}
