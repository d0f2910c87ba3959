package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.Consent;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.client.Gateways;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse api rm}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "rm",
    header = "Remove an API, all below it, and its leaves to invoke functions.",
    footer = {"", "Example: gatehouse api rm my-api --yes"})
final class RemoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Mixin private Consent consent;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Override
  public Integer call() throws InterruptedException {
    String id;
    try (ControlClient client = server.connect()) {
      id = new ApiChoice(client).id(api);
    }
    if (!consent.given(spec, "Remove the API " + id + " and all below it?")) {
      return 1;
    }
    try (Gateways gateways = server.gateways()) {
      gateways.api(id).delete();
    }
    spec.commandLine().getOut().println(server.removed(id));
    return 0;
  }
}
