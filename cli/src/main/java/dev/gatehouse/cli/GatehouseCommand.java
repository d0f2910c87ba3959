package dev.gatehouse.cli;

import dev.gatehouse.client.StepFailed;
import dev.gatehouse.server.Version;
import java.util.List;
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

  /** With every command. */
  static CommandLine commandLine() {
    return commandLine(new CommandLine(new GatehouseCommand()), Verb.all());
  }

  /**
   * With the commands that these arguments need: each costs a start some milliseconds. The overview
   * needs no more of them than their names and headers.
   */
  static CommandLine commandLine(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    if (first.matches("-h|--help|--version") && arguments.length == 1) {
      CommandLine overview = new CommandLine(new GatehouseCommand());
      Verb.all().forEach(verb -> overview.addSubcommand(verb.name(), verb.headed()));
      return handling(overview);
    }
    List<Verb> named = Verb.all().stream().filter(verb -> verb.name().equals(first)).toList();
    boolean all = named.isEmpty() || first.equals("completion");
    return commandLine(new CommandLine(new GatehouseCommand()), all ? Verb.all() : named);
  }

  private static CommandLine commandLine(CommandLine command, List<Verb> verbs) {
    verbs.forEach(verb -> command.addSubcommand(verb.name(), verb.command()));
    return handling(command);
  }

  private static CommandLine handling(CommandLine command) {
    return command
        .setParameterExceptionHandler(GatehouseCommand::wrongUsage)
        .setExecutionExceptionHandler((failure, line, result) -> failed(failure, line));
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    command.getErr().println("gatehouse: " + what + "; see " + name + " --help");
    return 2;
  }

  private static int failed(Exception failure, CommandLine command) {
    command.getErr().println("gatehouse: " + line(failure));
    return Main.exitCode(failure);
  }

  /** A failure of the client library that nobody answered ends in the next step, as others do. */
  private static String line(Exception failure) {
    String line = String.join(" ", Main.message(failure).lines().toList());
    return failure instanceof StepFailed step && step.status() == 0 && step.getCause() != null
        ? line + "; start a server with gatehouse serve, or name another with --endpoint"
        : line;
  }

  /** The version that the build wrote. */
  static final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
      return new String[] {"gatehouse " + Version.text()};
    }
  }
}
