package dev.gatehouse.client;

/**
 * A domain of one's own.
 *
 * @param target what its DNS name must point to; empty where AWS has not said it yet
 */
public record Domain(String name, String target) {}
