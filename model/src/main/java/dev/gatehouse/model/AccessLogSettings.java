package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/** Where a stage writes its access log, and one line's template. */
public record AccessLogSettings(@Nullable String destinationArn, @Nullable String format) {}
