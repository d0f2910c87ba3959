package dev.gatehouse.control;

import dev.gatehouse.model.ProtocolType;
import dev.gatehouse.model.Scope;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** The connections of an API that is the caller's, page by page. */
record ConnectionPages(Desk desk, ConnectedClients clients) {
  private static final int LARGEST = 500;
  private static final String SIZE = "maxResults";
  private static final String TOKEN = "nextToken";

  ObjectNode page(Scope scope, String apiId, String rawQuery) {
    if (Desk.api(desk.store().head(), scope, apiId).protocolType() != ProtocolType.WEBSOCKET) {
      throw Refusals.badRequest("API " + apiId + " is no WebSocket API: nobody stays connected");
    }
    int most = LARGEST;
    String after = "";
    for (String pair : rawQuery.split("&", -1)) {
      String value = pair.substring(pair.indexOf('=') + 1);
      switch (pair.substring(0, Math.max(0, pair.indexOf('=')))) {
        case SIZE -> most = size(value);
        case TOKEN -> after = token(value);
        default -> {}
      }
    }
    return clients.page(apiId, most, after);
  }

  private static int size(String text) {
    if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > LARGEST) {
      throw OwnRefusals.badPageSize(SIZE, LARGEST);
    }
    return Integer.parseInt(text);
  }

  private static String token(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException noEscape) {
      throw OwnRefusals.badToken(TOKEN);
    }
  }
}
