package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.client.Stage;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Which stage of a WebSocket API is meant. */
final class StageOption {
  @Option(names = "--stage", paramLabel = "NAME", description = "Default: the only one.")
  private String name = "";

  /** The stage of an API; {@link CallFailed} where it is not clear which. */
  Stage of(ControlClient client, String idOrName) throws InterruptedException {
    String id = new ApiChoice(client).id(idOrName);
    String path = ApiChoice.resourceOf(id);
    JsonNode api = client.get(path);
    if (!api.path("protocolType").asString("").equals("WEBSOCKET")) {
      throw new CallFailed(
          0, "API " + id + " is no WebSocket API; see which are with gatehouse api ls");
    }
    String stage = chosen(id, client.all(path + "/stages"));
    URI url = URI.create(api.path("apiEndpoint").asString("") + "/" + stage);
    return new Stage(id, stage, url);
  }

  private String chosen(String id, List<JsonNode> stages) {
    List<String> names =
        stages.stream().map(each -> each.path("stageName").asString("")).sorted().toList();
    if (names.isEmpty()) {
      throw new CallFailed(
          0, "API " + id + " has no stage; make one with aws apigatewayv2 create-stage");
    }
    if (name.isEmpty() ? names.size() > 1 : !names.contains(name)) {
      String what = name.isEmpty() ? "API " + id + " has several stages" : "there is no " + name;
      throw new CallFailed(0, what + "; name one of " + names + " with --stage");
    }
    return name.isEmpty() ? names.getFirst() : name;
  }
}
