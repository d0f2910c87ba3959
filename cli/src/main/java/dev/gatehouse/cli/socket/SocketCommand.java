package dev.gatehouse.cli.socket;

import picocli.CommandLine.Command;

/** {@code gatehouse ws}; what it does is in its subcommands. */
@Command(
    name = "ws",
    header = "Talk to WebSocket APIs; see who is connected.",
    description = {"", "An API is given by its id, or by its name where only one has it.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {ConnectCommand.class, SendCommand.class, ListCommand.class, CloseCommand.class},
    footer = {"", "Example: gatehouse ws connect chat"})
public final class SocketCommand {}
