package dev.gatehouse.model;

/**
 * A path of a custom domain that leads to a stage (control-plane.md section 13).
 *
 * @param apiMappingKey without slashes at its ends; empty for all paths
 */
public record ApiMapping(String apiMappingId, String apiId, String apiMappingKey, String stage) {}
