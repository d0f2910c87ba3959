/**
 * The control plane: the rules of apigatewayv2's resources.
 *
 * <p>Start reading at {@link dev.gatehouse.control.ControlApi}, which finds the operation and hands
 * it to one class per resource ({@code Apis}, {@code Routes}, {@code Stages}, …). A resource's
 * rules stand beside it ({@code RouteRules}). {@link dev.gatehouse.control.Releases} tells the data
 * plane what to serve. {@code Refusals} and {@code OwnRefusals} hold every error text, AWS's and
 * ours.
 *
 * <p>To add an operation: a row in {@code operations.txt}, a method in its resource's class and a
 * line in {@code Handlers}. A resource below an API needs only its {@code Rules}.
 *
 * <p>Plain blocking code; the data plane never calls in here.
 */
@NullMarked
package dev.gatehouse.control;

import org.jspecify.annotations.NullMarked;
