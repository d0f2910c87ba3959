package dev.gatehouse.cli.deployments;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse deployments promote}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "promote",
    header = "Let a stage serve the deployment that another stage serves.",
    footer = {"", "Example: gatehouse deployments promote my-api dev prod"})
final class PromoteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Move move;

  @Parameters(index = "1", paramLabel = "FROM", description = "The stage whose deployment it is.")
  private String from;

  @Parameters(index = "2", paramLabel = "TO", description = "The stage that is moved.")
  private String to;

  @Override
  public Integer call() throws InterruptedException {
    move.run(spec.commandLine().getOut(), to, new Move.Step.Promote(from));
    return 0;
  }
}
