package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CORS configuration of an HTTP API (control-plane.md section 11).
 *
 * @param maxAge seconds, -1 to 86400
 */
public record Cors(
    @Nullable Boolean allowCredentials,
    @Nullable List<String> allowHeaders,
    @Nullable List<String> allowMethods,
    @Nullable List<String> allowOrigins,
    @Nullable List<String> exposeHeaders,
    @Nullable Integer maxAge) {}
