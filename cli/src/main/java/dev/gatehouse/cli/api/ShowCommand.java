package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code gatehouse api show}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "show",
    header = "Show an API with its stages, routes, integrations and authorizers.",
    footer = {"", "Example: gatehouse api show my-api"})
final class ShowCommand implements Callable<Integer> {
  private static final List<String> PARTS =
      List.of("stages", "routes", "integrations", "authorizers");

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ControlClient client = server.connect()) {
      String path = new ApiChoice(client).resource(api);
      JsonNode found = client.get(path);
      if (server.json()) {
        ObjectNode whole = new JsonMapper().createObjectNode();
        whole.set("api", found);
        for (String part : PARTS) {
          client.all(path + "/" + part).forEach(whole.withArray(part)::add);
        }
        out.println(whole.toPrettyString());
      } else {
        print(client, path, found, out);
      }
    }
    return 0;
  }

  private static void print(ControlClient client, String path, JsonNode api, PrintWriter out)
      throws InterruptedException {
    Table about = new Table("API", api.path("apiId").asString(""));
    for (String member : List.of("name", "protocolType", "apiEndpoint", "description")) {
      if (api.has(member)) {
        about.add(member, api.path(member).asString(""));
      }
    }
    about.print(out);
    out.println();
    StagesCommand.table(api, client.all(path + "/stages")).print(out);
    out.println();
    List<JsonNode> integrations = client.all(path + "/integrations");
    RoutesCommand.table(client.all(path + "/routes"), integrations).print(out);
    List<JsonNode> authorizers = client.all(path + "/authorizers");
    if (!authorizers.isEmpty()) {
      out.println();
      Table table = new Table("AUTHORIZER", "NAME", "TYPE");
      for (JsonNode each : authorizers) {
        table.add(
            each.path("authorizerId").asString(""),
            each.path("name").asString(""),
            each.path("authorizerType").asString(""));
      }
      table.print(out);
    }
  }
}
