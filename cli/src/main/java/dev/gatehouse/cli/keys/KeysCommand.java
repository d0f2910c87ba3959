package dev.gatehouse.cli.keys;

import picocli.CommandLine.Command;

/** {@code gatehouse keys}. */
@Command(
    name = "keys",
    header = "Make, list and remove access keys of users.",
    description = {
      "",
      "A key belongs to a user, and the user's policies say what it may do. With auth: open, another"
          + " account's users are reached with AWS_ACCESS_KEY_ID set to its twelve digits.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CreateCommand.class, ListCommand.class, RemoveCommand.class},
    footer = {
      "",
      "Example: gatehouse keys create ci --policy"
          + " arn:aws:iam::aws:policy/AmazonAPIGatewayAdministrator"
    })
public final class KeysCommand {}
