/**
 * Rows that remember: every resource as a row with the revisions between which it was so.
 *
 * <p>Start reading at {@link dev.gatehouse.store.Store}. Only this package knows SQL.
 */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
