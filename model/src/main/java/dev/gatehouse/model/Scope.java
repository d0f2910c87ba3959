package dev.gatehouse.model;

/**
 * The account and region that own a resource.
 *
 * @param account 12 digits
 * @param region a region name such as {@code us-east-1}
 */
public record Scope(String account, String region) {}
