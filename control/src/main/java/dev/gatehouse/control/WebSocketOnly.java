package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.ProtocolType;

/** Refuses on HTTP APIs what only WebSocket APIs have (control-plane.md section 6 [C/L]). */
final class WebSocketOnly {
  private WebSocketOnly() {}

  static void check(Api api, String what) {
    if (api.protocolType() != ProtocolType.WEBSOCKET) {
      throw OwnRefusals.onlyFor("WebSocket", what);
    }
  }
}
