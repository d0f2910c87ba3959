package dev.gatehouse.cli.deployments;

import dev.gatehouse.cli.remote.Server;
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

  @Mixin private Server server;

  @Mixin private Move move;

  @Parameters(index = "0", paramLabel = "API", description = "Id or name of the API.")
  private String api;

  @Parameters(index = "1", paramLabel = "STAGE", description = "Name of the stage.")
  private String stage;

  @Parameters(index = "2", paramLabel = "DEPLOYMENT", description = "Id of the deployment.")
  private String deployment;

  @Override
  public Integer call() throws InterruptedException {
    Move.Step step = new Move.Step("rollback", "deploymentId", deployment);
    move.run(server, spec.commandLine().getOut(), api, stage, step);
    return 0;
  }
}
