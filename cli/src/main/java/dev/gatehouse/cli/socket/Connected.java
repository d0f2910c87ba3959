package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Who is connected, which only a Gatehouse tells. */
final class Connected {
  private Connected() {}

  /** Refuses where AWS is asked. */
  static void require(Server server) {
    if (server.aws()) {
      throw new CallFailed(
          0,
          "AWS has no call that tells who is connected; keep a table of connections in $connect and"
              + " $disconnect");
    }
  }

  /**
   * The clients of an API, those that came first at the top.
   *
   * @param stage empty for every stage
   */
  static List<JsonNode> to(ControlClient client, String api, String stage)
      throws InterruptedException {
    return client.all(new ApiChoice(client).path(api) + "/connections").stream()
        .filter(each -> stage.isEmpty() || each.path("stageName").asString("").equals(stage))
        .sorted(Comparator.comparing((JsonNode each) -> each.path("connectedAt").asString("")))
        .toList();
  }
}
