/**
 * API Gateway v2 in few words, on AWS and on Gatehouse alike: one call where the AWS SDK needs six.
 *
 * <p>Start at {@link dev.gatehouse.client.Gateways}. What is wanted is said with immutable values
 * ({@link dev.gatehouse.client.HttpApiSpec}, {@link dev.gatehouse.client.RouteSpec}, …); every
 * {@code create} has an {@code ensure} that makes what is missing, updates what differs, and says
 * what it did. A failure is a {@link dev.gatehouse.client.StepFailed}.
 */
@NullMarked
package dev.gatehouse.client;

import org.jspecify.annotations.NullMarked;
