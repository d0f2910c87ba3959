package dev.gatehouse.cli.upkeep;

import dev.gatehouse.cli.remote.Consent;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import dev.gatehouse.client.Finding;
import dev.gatehouse.client.Gateways;
import java.io.PrintWriter;
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
      "APIs without routes, stages without a deployment, integrations and authorizers that no route"
          + " uses, and leaves to invoke functions for APIs that are gone.",
      ""
    },
    footer = {"", "Example: gatehouse prune --remove --yes"})
public final class PruneCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Mixin private Consent consent;

  @Option(names = "--remove", description = "Remove all that is shown.")
  private boolean remove;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Gateways gateways = server.gateways()) {
      List<Finding> findings = gateways.upkeep().findings();
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

  private static Table table(List<Finding> findings) {
    Table table = new Table("UNUSED", "API", "ID", "DETAIL");
    for (Finding each : findings) {
      String kind = each.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.add(kind, each.apiId(), each.id(), each.detail());
    }
    return table;
  }
}
