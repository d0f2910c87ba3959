package dev.gatehouse.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment (control-plane.md section 8): the API as it was at a revision of the store.
 *
 * @param revision the revision whose rows the deployment shows; never on the wire
 */
public record Deployment(
    String deploymentId,
    long revision,
    boolean autoDeployed,
    Instant createdDate,
    String deploymentStatus,
    @Nullable String deploymentStatusMessage,
    @Nullable String description) {}
