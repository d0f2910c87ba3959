package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse api ls}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "ls",
    header = "List the APIs of the account and region.",
    footer = {"", "Example: gatehouse api ls --output json"})
final class ListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connect()) {
      List<JsonNode> apis = client.all("/v2/apis");
      if (server.json()) {
        out.println(Shown.list(apis));
      } else {
        Table table = new Table("API", "NAME", "PROTOCOL", "ENDPOINT", "CREATED");
        for (JsonNode api : apis) {
          table.add(
              api.path("apiId").asString(""),
              api.path("name").asString(""),
              api.path("protocolType").asString(""),
              api.path("apiEndpoint").asString(""),
              api.path("createdDate").asString(""));
        }
        table.print(out);
      }
    }
    return 0;
  }
}
