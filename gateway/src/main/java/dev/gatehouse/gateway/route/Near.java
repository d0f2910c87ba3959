package dev.gatehouse.gateway.route;

/**
 * A route near a request that does not meet it.
 *
 * @param why the rule that decides, as the end of a sentence about the route
 */
public record Near<R>(R route, String why) {}
