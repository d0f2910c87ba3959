package dev.gatehouse.cli.api;

import picocli.CommandLine.Command;

/** {@code gatehouse api}; what it does is in its subcommands. */
@Command(
    name = "api",
    header = "List, show, open and remove APIs.",
    description = {"", "An API is given by its id, or by its name where only one has it.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {ListCommand.class, ShowCommand.class, OpenCommand.class, RemoveCommand.class},
    footer = {"", "Example: gatehouse api ls"})
public final class ApiCommand {}
