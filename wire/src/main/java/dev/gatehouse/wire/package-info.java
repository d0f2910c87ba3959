/**
 * How control calls look on the wire: JSON, errors, signatures.
 *
 * <p>Start reading at {@link dev.gatehouse.wire.http.HttpService}, the one shape of everything that
 * answers a call outside the data plane, and {@link dev.gatehouse.wire.ServiceException}, the one
 * shape of a refusal.
 */
@NullMarked
package dev.gatehouse.wire;

import org.jspecify.annotations.NullMarked;
