package dev.gatehouse.client;

/** A way into a VPC, ready for integrations. */
public record VpcLink(String id, String name) {}
