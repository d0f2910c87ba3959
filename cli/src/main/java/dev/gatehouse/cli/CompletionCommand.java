package dev.gatehouse.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gatehouse completion}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "completion",
    header = "Print a script that makes bash and zsh complete commands and options.",
    footer = {
      "",
      "Example: gatehouse completion > ~/.local/share/bash-completion/completions/gatehouse"
    })
final class CompletionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(AutoComplete.bash("gatehouse", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }
}
