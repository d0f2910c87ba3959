package dev.gatehouse.gateway.websocket;

import java.util.Map;

/**
 * What an authorizer told of a connection. It holds for all of its life [C].
 *
 * @param context values as text: AWS makes text of numbers and truth values [L for events]
 * @param latencyMillis how long the authorizer took
 */
record Authorized(String principalId, Map<String, String> context, long latencyMillis) {
  Authorized {
    context = Map.copyOf(context);
  }
}
