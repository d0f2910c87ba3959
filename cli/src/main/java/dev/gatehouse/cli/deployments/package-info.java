/**
 * {@code gatehouse deployments}: a client of a running server's control API, signed as every AWS
 * tool signs.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.deployments.DeploymentsCommand}.
 */
@NullMarked
package dev.gatehouse.cli.deployments;

import org.jspecify.annotations.NullMarked;
