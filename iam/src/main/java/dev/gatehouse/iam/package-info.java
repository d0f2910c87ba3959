/**
 * IAM and STS: users, roles, policies and access keys as rows, the calls that scripts make of them,
 * and what every other part asks about them.
 *
 * <p>Start reading at {@link dev.gatehouse.iam.IamApi} and {@link dev.gatehouse.iam.StsApi} (the
 * calls), then {@link dev.gatehouse.iam.Directory} (what the data plane asks). Policies are
 * evaluated in {@code identity} and nowhere else.
 */
@NullMarked
package dev.gatehouse.iam;

import org.jspecify.annotations.NullMarked;
