package dev.gatehouse.cli.api;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code gatehouse api open}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "open",
    header = "Open an API in the browser.",
    footer = {"", "Example: gatehouse api open my-api --stage prod --print"})
final class OpenCommand implements Callable<Integer> {
  private static final List<String> OPENERS = List.of("xdg-open", "open");

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Option(names = "--stage", paramLabel = "NAME", description = "Default: $$default, or the one.")
  private String stage = "";

  @Option(names = "--print", description = "Print the URL; open nothing.")
  private boolean print;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Override
  public Integer call() throws InterruptedException {
    try (ControlClient client = server.connect()) {
      String path = new ApiChoice(client).resource(api);
      String url = Shown.url(client.get(path), stage(client.all(path + "/stages")));
      spec.commandLine().getOut().println(server.line("url", url));
      return print || opened(url) ? 0 : 1;
    }
  }

  private JsonNode stage(List<JsonNode> stages) {
    String wanted = stage.isEmpty() ? "$default" : stage;
    for (JsonNode each : stages) {
      boolean only = stage.isEmpty() && stages.size() == 1;
      if (only || each.path("stageName").asString("").equals(wanted)) {
        return each;
      }
    }
    List<String> names =
        stages.stream().map(each -> each.path("stageName").asString("")).sorted().toList();
    throw new CallFailed(
        0, "there is no stage " + wanted + "; name one of " + names + " with --stage");
  }

  private boolean opened(String url) throws InterruptedException {
    for (String opener : OPENERS) {
      Optional<Process> started = start(opener, url);
      if (started.isPresent()) {
        return started.get().waitFor() == 0;
      }
    }
    spec.commandLine().getErr().println("gatehouse: no browser is found here; open the URL above");
    return false;
  }

  private static Optional<Process> start(String opener, String url) {
    try {
      return Optional.of(new ProcessBuilder(opener, url).inheritIO().start());
    } catch (IOException missing) {
      return Optional.empty();
    }
  }
}
