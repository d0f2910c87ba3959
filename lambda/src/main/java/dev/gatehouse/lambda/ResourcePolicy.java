package dev.gatehouse.lambda;

/**
 * The policy of a function as it is stored.
 *
 * @param document JSON text
 */
record ResourcePolicy(String revisionId, String document) {}
