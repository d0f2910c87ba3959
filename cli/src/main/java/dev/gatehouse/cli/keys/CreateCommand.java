package dev.gatehouse.cli.keys;

import dev.gatehouse.cli.remote.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import tools.jackson.databind.json.JsonMapper;

/** {@code gatehouse keys create}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "create",
    header = "Make a key for a user, who is made where there is none.",
    description = {"", "The secret is shown this once and stored nowhere.", ""},
    footer = {"", "Example: gatehouse keys create ci --policy ci-policy.json"})
final class CreateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(paramLabel = "USER", description = "The user's name.")
  private String user;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "The ARN of a managed policy, or a JSON file with a policy, that the user gets. Repeat it"
              + " for more than one.")
  private List<String> policies = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    Map<String, String> documents = new LinkedHashMap<>();
    for (String policy : policies) {
      if (!policy.startsWith("arn:")) {
        Path file = Path.of(policy);
        documents.put(name(file), Files.readString(file));
      }
    }
    try (IamClient iam = server.sdk(IamClient.builder())) {
      show(Failures.told(server, () -> make(iam, documents)));
    }
    return 0;
  }

  private AccessKey make(IamClient iam, Map<String, String> documents) {
    if (!exists(iam)) {
      iam.createUser(r -> r.userName(user));
    }
    policies.stream()
        .filter(policy -> policy.startsWith("arn:"))
        .forEach(arn -> iam.attachUserPolicy(r -> r.userName(user).policyArn(arn)));
    documents.forEach((name, document) ->
        iam.putUserPolicy(r -> r.userName(user).policyName(name).policyDocument(document)));
    return iam.createAccessKey(r -> r.userName(user)).accessKey();
  }

  private boolean exists(IamClient iam) {
    try {
      iam.getUser(r -> r.userName(user));
      return true;
    } catch (NoSuchEntityException none) {
      return false;
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
  }

  private void show(AccessKey key) {
    PrintWriter out = spec.commandLine().getOut();
    if (server.json()) {
      Map<String, String> shown = new LinkedHashMap<>();
      shown.put("userName", key.userName());
      shown.put("accessKeyId", key.accessKeyId());
      shown.put("secretAccessKey", key.secretAccessKey());
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(shown));
    } else {
      out.println("export AWS_ACCESS_KEY_ID=" + key.accessKeyId());
      out.println("export AWS_SECRET_ACCESS_KEY=" + key.secretAccessKey());
    }
  }
}
