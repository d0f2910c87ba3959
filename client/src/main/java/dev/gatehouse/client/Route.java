package dev.gatehouse.client;

/** A route of an API. */
public record Route(String apiId, String id, String key) {}
