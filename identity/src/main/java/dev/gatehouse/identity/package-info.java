/**
 * Who calls and what they may do: access keys, temporary credentials, signatures checked against
 * them, policies.
 *
 * <p>Start reading at {@link dev.gatehouse.identity.Caller} and {@link
 * dev.gatehouse.identity.Credentials}.
 */
@NullMarked
package dev.gatehouse.identity;

import org.jspecify.annotations.NullMarked;
