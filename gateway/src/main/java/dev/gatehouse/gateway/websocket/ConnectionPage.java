package dev.gatehouse.gateway.websocket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of an API's connections, in the order of their ids.
 *
 * @param nextToken the last id, where there are more; else null
 */
public record ConnectionPage(List<ConnectionStatus> items, @Nullable String nextToken) {
  public ConnectionPage {
    items = List.copyOf(items);
  }
}
