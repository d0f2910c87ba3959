package dev.gatehouse.cli.deployments;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatehouse deployments rollback}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "rollback",
    header = "Let a stage serve an earlier deployment again.",
    footer = {"", "Example: gatehouse deployments rollback my-api prod 8vnx4c"})
final class RollbackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Move move;

  @Parameters(index = "1", paramLabel = "STAGE", description = "Name of the stage.")
  private String stage;

  @Parameters(index = "2", paramLabel = "DEPLOYMENT", description = "Id of the deployment.")
  private String deployment;

  @Override
  public Integer call() throws InterruptedException {
    move.run(spec.commandLine().getOut(), stage, new Move.Step.Rollback(deployment));
    return 0;
  }
}
