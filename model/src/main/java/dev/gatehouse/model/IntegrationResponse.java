package dev.gatehouse.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an answer of a WebSocket integration is turned into a message (control-plane.md section 6).
 *
 * @param integrationResponseKey {@code $default} or {@code /regex/}
 */
public record IntegrationResponse(
    String integrationResponseId,
    String integrationResponseKey,
    @Nullable String contentHandlingStrategy,
    @Nullable Map<String, String> responseParameters,
    @Nullable Map<String, String> responseTemplates,
    @Nullable String templateSelectionExpression) {}
