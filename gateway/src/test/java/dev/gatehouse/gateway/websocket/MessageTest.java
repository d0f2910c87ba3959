package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which route a message takes, and what its sender gets. */
class MessageTest {
  private static final String MOCK = "{\"statusCode\":200}";

  private static SocketDefinitions answering(SocketDefinitions api, String... keys) {
    for (String key : keys) {
      api.mock(key, MOCK, Map.of("$default", key));
    }
    return api;
  }

  private static void assertRoutes(String expression, String[][] pairs, String... keys)
      throws Exception {
    try (RunningSockets gateway =
            RunningSockets.serving(answering(new SocketDefinitions(expression), keys));
        RawClient client = gateway.connect()) {
      for (String[] pair : pairs) {
        client.text(pair[0]);
        assertThat(client.message()).as("%s with %s", expression, pair[0]).isEqualTo(pair[1]);
      }
    }
  }

  @Test
  void aMockAnswersItsSender() throws Exception {
    assertRoutes(
        "$request.body.action",
        new String[][] {
          {"{\"action\":\"join\"}", "join"},
          {"{\"action\":\"join\",\"x\":[1]}", "join"},
        },
        "join");
  }
}
