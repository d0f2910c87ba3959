package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code gatehouse ws ls}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "ls",
    header = "List who is connected to a WebSocket API of a Gatehouse.",
    footer = {"", "Example: gatehouse ws ls chat --stage prod"})
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Option(names = "--stage", paramLabel = "NAME", description = "Default: every stage.")
  private String stage = "";

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Connected.require(server);
    List<JsonNode> clients;
    try (ControlClient client = server.connect()) {
      clients = Connected.to(client, api, stage);
    }
    if (server.json()) {
      ArrayNode array = new JsonMapper().createArrayNode();
      clients.forEach(array::add);
      out.println(array.toPrettyString());
    } else {
      table(clients).print(out);
    }
    return 0;
  }

  private static Table table(List<JsonNode> clients) {
    Table table =
        new Table("CONNECTION", "STAGE", "SINCE", "LAST ACTIVE", "SOURCE IP", "IN", "OUT", "USER");
    for (JsonNode each : clients) {
      table.add(
          each.path("connectionId").asString(""),
          each.path("stageName").asString(""),
          each.path("connectedAt").asString(""),
          each.path("lastActiveAt").asString(""),
          each.path("sourceIp").asString(""),
          each.path("messagesReceived").asString(""),
          each.path("messagesSent").asString(""),
          each.path("principalId").asString("-"));
    }
    return table;
  }
}
