/**
 * Who calls and what they may do: access keys, temporary credentials, signatures checked against
 * them, policies.
 *
 * <p>Start reading at {@link dev.gatehouse.identity.Authenticator} (who calls), {@link
 * dev.gatehouse.identity.WebPageGuard} (what never gets that far) and {@link
 * dev.gatehouse.identity.Policy} (what a caller may do).
 */
@NullMarked
package dev.gatehouse.identity;

import org.jspecify.annotations.NullMarked;
