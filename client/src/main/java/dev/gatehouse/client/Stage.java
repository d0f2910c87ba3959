package dev.gatehouse.client;

import java.net.URI;

/**
 * A stage of an API.
 *
 * @param url where clients reach it
 */
public record Stage(String apiId, String name, URI url) {}
