package dev.gatehouse.cli.keys;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.Server;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;

/** {@code gatehouse keys rm}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "rm",
    header = "Remove a key; its user stays.",
    footer = {"", "Example: gatehouse keys rm AKIAIOSFODNN7EXAMPLE"})
final class RemoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(paramLabel = "KEY", description = "The key's id.")
  private String id;

  @Override
  public Integer call() {
    try (IamClient iam = server.sdk(IamClient.builder())) {
      Failures.told(
          server,
          () -> {
            AccessKeyMetadata key =
                ListCommand.all(iam).stream()
                    .filter(each -> each.accessKeyId().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new CallFailed(404, "no user has the key " + id));
            return iam.deleteAccessKey(r -> r.userName(key.userName()).accessKeyId(id));
          });
    }
    spec.commandLine().getOut().println(server.removed(id));
    return 0;
  }
}
