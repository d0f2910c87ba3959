package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What the commands that list one kind of an API's parts share. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Parts {

  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  /** Makes a table of the parts for people. */
  interface Tabling {
    Table of(ControlClient client, String path, List<JsonNode> parts) throws InterruptedException;
  }

  /** Prints every part of a kind. */
  void print(PrintWriter out, String kind, Tabling tabling) throws InterruptedException {
    try (ControlClient client = server.connect()) {
      String path = new ApiChoice(client).resource(api);
      List<JsonNode> parts = client.all(path + "/" + kind);
      if (server.json()) {
        out.println(Shown.list(parts));
      } else {
        tabling.of(client, path, parts).print(out);
      }
    }
  }
}
