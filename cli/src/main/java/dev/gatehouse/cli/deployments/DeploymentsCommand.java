package dev.gatehouse.cli.deployments;

import picocli.CommandLine.Command;

/** {@code gatehouse deployments}; what it does is in its subcommands. */
@Command(
    name = "deployments",
    header = "See the deployments of an API, and move its stages between them.",
    description = {"", "An API is given by its id, or by its name where only one has it.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {
      ListCommand.class,
      DiffCommand.class,
      RollbackCommand.class,
      PromoteCommand.class
    },
    footer = {"", "Example: gatehouse deployments ls my-api"})
public final class DeploymentsCommand {}
