package dev.gatehouse.cli.ca;

import picocli.CommandLine.Command;

/** {@code gatehouse ca}; what it does is in its subcommands. */
@Command(
    name = "ca",
    header = "See the development CA of a server, and how to trust it.",
    description = {
      "",
      "A server speaks TLS on its port beside clear text, with certificates that an authority of its"
          + " own vouches for. Trust it only where you develop.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    subcommands = {ShowCommand.class, InstallHintCommand.class},
    footer = {"", "Example: gatehouse ca show > gatehouse-ca.pem"})
public final class CaCommand {}
