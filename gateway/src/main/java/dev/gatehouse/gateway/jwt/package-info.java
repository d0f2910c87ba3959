/** Tokens of JWT authorizers: start at {@link dev.gatehouse.gateway.jwt.Tokens}. */
@NullMarked
package dev.gatehouse.gateway.jwt;

import org.jspecify.annotations.NullMarked;
