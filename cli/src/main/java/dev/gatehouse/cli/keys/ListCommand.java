package dev.gatehouse.cli.keys;

import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import tools.jackson.databind.json.JsonMapper;

/** {@code gatehouse keys ls}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "ls",
    header = "List the keys of the account's users.",
    description = {"", "Keys of the configuration are in its file, and not among them.", ""},
    footer = {"", "Example: gatehouse keys ls"})
final class ListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (IamClient iam = server.sdk(IamClient.builder())) {
      List<AccessKeyMetadata> keys = Failures.told(server, () -> all(iam));
      if (server.json()) {
        List<Map<String, String>> shown = keys.stream().map(ListCommand::shown).toList();
        out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(shown));
      } else {
        table(keys).print(out);
      }
    }
    return 0;
  }

  static List<AccessKeyMetadata> all(IamClient iam) {
    List<AccessKeyMetadata> keys = new ArrayList<>();
    iam.listUsersPaginator().users().stream()
        .forEach(user ->
            keys.addAll(iam.listAccessKeys(r -> r.userName(user.userName())).accessKeyMetadata()));
    return keys;
  }

  private static Map<String, String> shown(AccessKeyMetadata key) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("accessKeyId", key.accessKeyId());
    shown.put("userName", key.userName());
    shown.put("status", key.statusAsString());
    shown.put("createDate", key.createDate().toString());
    return shown;
  }

  private static Table table(List<AccessKeyMetadata> keys) {
    Table table = new Table("KEY", "USER", "STATUS", "CREATED");
    keys.forEach(key ->
        table.add(
            key.accessKeyId(), key.userName(), key.statusAsString(), key.createDate().toString()));
    return table;
  }
}
