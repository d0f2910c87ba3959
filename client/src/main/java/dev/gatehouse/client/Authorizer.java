package dev.gatehouse.client;

/** An authorizer of an API. */
public record Authorizer(String apiId, String id, String name) {}
