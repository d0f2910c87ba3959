package dev.gatehouse.cli.remote;

import java.io.Console;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option of commands that take something away: they ask first. */
public final class Consent {

  @SuppressWarnings("UnusedVariable") // picocli sets it
  @Option(
      names = {"-y", "--yes"},
      description = "Do it without asking.")
  private boolean yes;

  /**
   * Whether it may be done.
   *
   * @throws CallFailed where nobody can be asked
   */
  public boolean given(CommandSpec spec, String question) {
    if (yes) {
      return true;
    }
    Console console =
        Terminal.find()
            .orElseThrow(() -> new CallFailed(0, "nobody is there to be asked; say --yes"));
    spec.commandLine().getOut().print(question + " [y/N] ");
    spec.commandLine().getOut().flush();
    String answer = console.readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
