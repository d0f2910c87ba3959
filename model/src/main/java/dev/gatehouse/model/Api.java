package dev.gatehouse.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP or WebSocket API (control-plane.md section 4). {@code apiEndpoint} is not stored: it
 * follows from the server's address.
 */
public record Api(
    String apiId,
    String name,
    ProtocolType protocolType,
    String routeSelectionExpression,
    String apiKeySelectionExpression,
    Instant createdDate,
    boolean disableExecuteApiEndpoint,
    String ipAddressType,
    Map<String, String> tags,
    @Nullable Boolean apiGatewayManaged,
    @Nullable Cors corsConfiguration,
    @Nullable String description,
    @Nullable Boolean disableSchemaValidation,
    @Nullable List<String> importInfo,
    @Nullable String version,
    @Nullable List<String> warnings) {}
