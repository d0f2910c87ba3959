package dev.gatehouse.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Issuer and accepted audiences of a JWT authorizer. */
public record JwtConfiguration(@Nullable List<String> audience, @Nullable String issuer) {}
