/**
 * What the data plane tells people about itself: which way a request would go, and which way one
 * went. Plain records, written as JSON by whoever shows them; no secret is in them: no header, no
 * query, no body.
 *
 * <p>Start reading at {@link dev.gatehouse.gateway.report.Explanation}.
 */
@NullMarked
package dev.gatehouse.gateway.report;

import org.jspecify.annotations.NullMarked;
