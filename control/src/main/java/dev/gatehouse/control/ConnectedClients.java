package dev.gatehouse.control;

import tools.jackson.databind.node.ObjectNode;

/** Who is connected to WebSocket APIs: no row says it, the data plane knows. */
@FunctionalInterface
public interface ConnectedClients {
  /**
   * A page of connections under {@code items}, in the order of their ids, with {@code nextToken}
   * where there are more.
   *
   * @param after the id that the page comes after; empty for the first
   */
  ObjectNode page(String apiId, int most, String after);
}
