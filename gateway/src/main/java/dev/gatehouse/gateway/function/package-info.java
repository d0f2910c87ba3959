/**
 * How functions are named by integrations, and what their payloads say. Start reading at {@link
 * dev.gatehouse.gateway.function.FunctionAnswer}.
 */
@NullMarked
package dev.gatehouse.gateway.function;

import org.jspecify.annotations.NullMarked;
