/**
 * {@code gatehouse deployments}: what differs between deployments, and which one a stage serves.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.deployments.DeploymentsCommand}.
 */
@NullMarked
package dev.gatehouse.cli.deployments;

import org.jspecify.annotations.NullMarked;
