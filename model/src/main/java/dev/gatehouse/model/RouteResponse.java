package dev.gatehouse.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What lets a WebSocket route answer its sender (control-plane.md section 5).
 *
 * @param routeResponseKey {@code $default}
 */
public record RouteResponse(
    String routeResponseId,
    String routeResponseKey,
    @Nullable String modelSelectionExpression,
    @Nullable Map<String, String> responseModels,
    @Nullable Map<String, ParameterConstraints> responseParameters) {}
