package dev.gatehouse.gateway;

import java.util.List;

/**
 * A route that takes requests.
 *
 * @param routeKey as configured: {@code GET /pets/{id}}
 * @param pathTemplate the key's path; {@code $default} for the catch-all
 * @param variables the names in the path, in order
 */
record LiveRoute(String routeKey, String pathTemplate, List<String> variables, Backend backend) {}
