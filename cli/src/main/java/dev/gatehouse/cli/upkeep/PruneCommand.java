package dev.gatehouse.cli.upkeep;

import dev.gatehouse.cli.remote.Consent;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Spans;
import dev.gatehouse.cli.remote.Table;
import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.Upkeep;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code gatehouse prune}: shows, and removes only when told to. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "prune",
    header = "Show what nobody uses any more; remove it with --remove.",
    description = {
      "",
      "APIs without routes, stages without a deployment or without traffic, integrations and"
          + " authorizers that no route uses, and leaves to invoke functions for APIs that are gone."
          + " Traffic is what CloudWatch counted, or what a Gatehouse counted since its start: a"
          + " stage is without it where a server that has run for so long saw no request at all.",
      ""
    },
    footer = {"", "Example: gatehouse prune --remove --yes"})
public final class PruneCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Mixin private Consent consent;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      description = "Without traffic for how long, such as 12h or 90d. Default: 30d.")
  private String idle = "30d";

  @Option(names = "--remove", description = "Remove all that is shown.")
  private boolean remove;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Duration within = Spans.parse(spec, idle);
    try (Gateways gateways = server.gateways()) {
      List<Finding> findings = new ArrayList<>(gateways.upkeep().findings());
      findings.addAll(withoutTraffic(gateways.upkeep(), within));
      if (server.json()) {
        out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(findings));
      } else {
        table(findings).print(out);
      }
      if (!remove || findings.isEmpty()) {
        return 0;
      }
      if (!consent.given(spec, "Remove " + findings.size() + " of them?")) {
        return 1;
      }
      gateways.upkeep().clean(findings);
      if (!server.json()) {
        out.println("removed " + findings.size());
      }
    }
    return 0;
  }

  private List<Finding> withoutTraffic(Upkeep upkeep, Duration within) throws InterruptedException {
    if (server.aws()) {
      return upkeep.stagesWithoutTraffic(within);
    }
    try (ControlClient client = server.connect()) {
      CountedTraffic traffic = CountedTraffic.read(client);
      if (!server.json() && traffic.started().isAfter(Instant.now().minus(within))) {
        spec.commandLine()
            .getErr()
            .println(
                "gatehouse: requests are counted since %s only, so no stage is known to be without"
                        .formatted(traffic.started())
                    + " them for "
                    + idle
                    + "; ask for less with --idle");
      }
      return upkeep.stagesWithoutTraffic(within, traffic);
    }
  }

  private static Table table(List<Finding> findings) {
    Table table = new Table("UNUSED", "API", "ID", "DETAIL");
    for (Finding each : findings) {
      String kind = each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.add(kind, each.apiId(), each.id(), each.detail());
    }
    return table;
  }
}
