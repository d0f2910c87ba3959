/**
 * {@code gatehouse api|routes|stages}: what there is, and its end.
 *
 * <p>Start reading at {@link dev.gatehouse.cli.api.ApiCommand}.
 */
@NullMarked
package dev.gatehouse.cli.api;

import org.jspecify.annotations.NullMarked;
