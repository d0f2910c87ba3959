package dev.gatehouse.gateway.jwt;

import java.util.List;

/**
 * What an authorizer asks of tokens.
 *
 * @param issuer the {@code iss} claim, to the letter
 * @param audience of which a token needs one
 */
public record Demand(String issuer, List<String> audience) {}
