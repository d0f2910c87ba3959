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
import dev.gatehouse.server.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code gatehouse} command as picocli sees it. */
@Command(
    name = "gatehouse",
    header = "Amazon API Gateway v2 that you run yourself.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      ApiCommand.class,
      RoutesCommand.class,
      StagesCommand.class,
      DeploymentsCommand.class,
      PruneCommand.class,
      DoctorCommand.class,
      InvokeCommand.class,
      AdviseCommand.class,
      UploadCommand.class,
      DownloadCommand.class,
      KeysCommand.class,
      CaCommand.class,
      SocketCommand.class,
      ExplainCommand.class,
      RequestsCommand.class,
      StatusCommand.class,
      TopCommand.class,
      LogsCommand.class,
      CompletionCommand.class
    },
    versionProvider = GatehouseCommand.BuildVersion.class,
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it failed, or a check of the demo did not hold",
      "2:the command line or the configuration is wrong",
      "130:stopped by Ctrl-C"
    },
    footer = {"", "Example: gatehouse demo --once"})
final class GatehouseCommand {

  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli sets and reads it
  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  private boolean version;

  static CommandLine commandLine() {
    return new CommandLine(new GatehouseCommand())
        .setParameterExceptionHandler(GatehouseCommand::wrongUsage)
        .setExecutionExceptionHandler((failure, command, result) -> failed(failure, command));
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    command.getErr().println("gatehouse: " + what + "; see " + name + " --help");
    return 2;
  }

  private static int failed(Exception failure, CommandLine command) {
    command.getErr().println("gatehouse: " + Main.message(failure));
    return Main.exitCode(failure);
  }

  /** The version that the build wrote. */
  static final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"gatehouse " + Version.text()};
    }
  }
}
