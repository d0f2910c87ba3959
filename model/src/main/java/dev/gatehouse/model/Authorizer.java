package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JWT or Lambda authorizer (control-plane.md section 10).
 *
 * @param authorizerType {@code REQUEST} or {@code JWT}
 * @param authorizerResultTtlInSeconds 0 to 3600
 */
public record Authorizer(
    String authorizerId,
    String authorizerType,
    String name,
    List<String> identitySource,
    @Nullable String authorizerCredentialsArn,
    @Nullable String authorizerPayloadFormatVersion,
    @Nullable Integer authorizerResultTtlInSeconds,
    @Nullable String authorizerUri,
    @Nullable Boolean enableSimpleResponses,
    @Nullable String identityValidationExpression,
    @Nullable JwtConfiguration jwtConfiguration) {}
