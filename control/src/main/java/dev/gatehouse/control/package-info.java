/**
 * The control plane: the rules of apigatewayv2's resources.
 *
 * <p>Start reading at {@link dev.gatehouse.control.ControlApi}, which finds the operation and hands
 * it to one class per resource ({@code Apis}, {@code Routes}, {@code Stages}, …). A resource's
 * rules stand beside it ({@code RouteRules}). {@link dev.gatehouse.control.Releases} tells the data
 * plane what to serve. Plain blocking code; the data plane never calls in here.
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
