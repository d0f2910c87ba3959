package dev.gatehouse.cli;

import dev.gatehouse.cli.advise.AdviseCommand;
import dev.gatehouse.cli.api.ApiCommand;
import dev.gatehouse.cli.api.RoutesCommand;
import dev.gatehouse.cli.api.StagesCommand;
import dev.gatehouse.cli.ca.CaCommand;
import dev.gatehouse.cli.deployments.DeploymentsCommand;
import dev.gatehouse.cli.doctor.DoctorCommand;
import dev.gatehouse.cli.function.InvokeCommand;
import dev.gatehouse.cli.keys.KeysCommand;
import dev.gatehouse.cli.socket.SocketCommand;
import dev.gatehouse.cli.traffic.ExplainCommand;
import dev.gatehouse.cli.traffic.RequestsCommand;
import dev.gatehouse.cli.transfer.DownloadCommand;
import dev.gatehouse.cli.transfer.UploadCommand;
import dev.gatehouse.cli.upkeep.PruneCommand;
import dev.gatehouse.cli.watch.LogsCommand;
import dev.gatehouse.cli.watch.StatusCommand;
import dev.gatehouse.cli.watch.TopCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * One of the commands.
 *
 * @param name as its annotation has it, which is not read for every one of them at each start
 */
record Verb(String name, Class<?> command) {
  private static final List<Verb> ALL =
      List.of(
          new Verb("serve", ServeCommand.class),
          new Verb("demo", DemoCommand.class),
          new Verb("api", ApiCommand.class),
          new Verb("routes", RoutesCommand.class),
          new Verb("stages", StagesCommand.class),
          new Verb("deployments", DeploymentsCommand.class),
          new Verb("prune", PruneCommand.class),
          new Verb("doctor", DoctorCommand.class),
          new Verb("invoke", InvokeCommand.class),
          new Verb("advise", AdviseCommand.class),
          new Verb("upload", UploadCommand.class),
          new Verb("download", DownloadCommand.class),
          new Verb("keys", KeysCommand.class),
          new Verb("ca", CaCommand.class),
          new Verb("ws", SocketCommand.class),
          new Verb("explain", ExplainCommand.class),
          new Verb("requests", RequestsCommand.class),
          new Verb("status", StatusCommand.class),
          new Verb("top", TopCommand.class),
          new Verb("logs", LogsCommand.class),
          new Verb("completion", CompletionCommand.class));

  /** In the order of the overview. */
  static List<Verb> all() {
    return ALL;
  }

  /** No more of it than the overview shows. */
  CommandSpec headed() {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().header(command.getAnnotation(Command.class).header());
    return spec;
  }
}
