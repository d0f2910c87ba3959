package dev.gatehouse.gateway;

/**
 * Stands for an authorizer of one stage as it is, until it changes or the stage's cache is reset:
 * what its function answered in another era is not found any more. Equal to itself alone.
 */
final class Era {}
