package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.Stage;
import dev.gatehouse.client.StepFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse ws close}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "close",
    header = "Disconnect clients of a WebSocket API, as its backends do.",
    description = {"", "Ends with 1 where somebody could not be disconnected, or was gone.", ""},
    footer = {"", "Example: gatehouse ws close chat BFaT_fALIAMCKug="})
final class CloseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Mixin private StageOption stage;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "CONNECTION",
      description = "Ids of connections.")
  private List<String> connections;

  @Override
  public Integer call() throws InterruptedException {
    Stage place;
    try (ControlClient client = server.connect()) {
      place = stage.of(client, api);
    }
    List<String> closed = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    Map<String, String> failed = new TreeMap<>();
    try (Gateways gateways = server.gateways();
        Connections clients = gateways.api(place.apiId()).connections(place)) {
      for (String id : connections) {
        try {
          (clients.disconnect(id) ? closed : gone).add(id);
        } catch (StepFailed other) {
          failed.put(id, String.valueOf(other.getMessage()));
        }
      }
    }
    new Outcome("closed", closed, gone, failed).print(spec.commandLine().getOut(), server.json());
    return closed.size() == connections.size() ? 0 : 1;
  }
}
