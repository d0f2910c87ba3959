/**
 * The resources of API Gateway v2 as immutable records, with the member names of the control API.
 *
 * <p>Start reading at {@link dev.gatehouse.model.Api}, {@link dev.gatehouse.model.Route} and {@link
 * dev.gatehouse.model.RouteKey}; {@link dev.gatehouse.model.ApiRelease} is what the data plane is
 * given. Depends on nothing.
 */
@NullMarked
package dev.gatehouse.model;

import org.jspecify.annotations.NullMarked;
