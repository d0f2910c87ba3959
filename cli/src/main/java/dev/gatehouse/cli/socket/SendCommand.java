package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.client.Connections;
import dev.gatehouse.client.Delivery;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.Stage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse ws send}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "send",
    header = "Send a message to clients of a WebSocket API, as its backends do.",
    description = {"", "Ends with 1 where somebody did not get it.", ""},
    footer = {"", "Example: gatehouse ws send chat BFaT_fALIAMCKug= --text 'Hello.'"})
final class SendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Mixin private StageOption stage;

  @ArgGroup(multiplicity = "1")
  private MessageOption message;

  @Option(names = "--all", description = "To everyone who is connected now.")
  private boolean all;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Parameters(index = "1..*", paramLabel = "CONNECTION", description = "Ids of connections.")
  private List<String> connections = List.of();

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (all != connections.isEmpty()) {
      throw new CallFailed(0, "say whom to send to: ids of connections, or --all");
    }
    if (all) {
      Connected.require(server);
    }
    byte[] bytes = message.bytes();
    Stage place;
    List<String> ids = connections;
    try (ControlClient client = server.connect()) {
      place = stage.of(client, api);
      if (all) {
        ids =
            Connected.to(client, place.apiId(), place.name()).stream()
                .map(each -> each.path("connectionId").asString(""))
                .toList();
      }
    }
    try (Gateways gateways = server.gateways();
        Connections clients = gateways.api(place.apiId()).connections(place)) {
      Delivery delivery = clients.sendAll(ids, bytes);
      Outcome.of("sent", delivery).print(spec.commandLine().getOut(), server.json());
      return delivery.sent().size() == ids.size() ? 0 : 1;
    }
  }
}
