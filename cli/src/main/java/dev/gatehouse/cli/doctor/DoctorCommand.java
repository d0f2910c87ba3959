package dev.gatehouse.cli.doctor;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** {@code gatehouse doctor}: exits 1 where something is wrong. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "doctor",
    header = "Find what makes an API fail, and say what to do about it.",
    description = {
      "",
      "Looks at stages, routes, functions and the leave to invoke them, backends, issuers of tokens,"
          + " buckets and CORS; changes nothing. Exits 1 where something is wrong.",
      ""
    },
    footer = {"", "Example: gatehouse doctor my-api"})
public final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "API",
      description = "Id or name of the API. Default: all of them.")
  private String api = "";

  @Override
  public Integer call() throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    try (ControlClient client = server.connect();
        LambdaClient lambda = server.sdk(LambdaClient.builder());
        S3Client s3 = server.sdk(S3Client.builder().forcePathStyle(!server.aws()))) {
      ids.addAll(ids(client));
      JsonNode settings = settings(client);
      List<Check> checks =
          List.of(
              new StageCheck(),
              new FunctionCheck(lambda, server.settings().region()),
              new TargetCheck(settings),
              new IssuerCheck(settings),
              new BucketCheck(lambda, s3),
              new CorsCheck());
      for (String id : ids) {
        Patient patient = Patient.read(client, id);
        for (Check check : checks) {
          problems.addAll(check.check(patient));
        }
      }
    }
    print(ids.size(), problems);
    return problems.isEmpty() ? 0 : 1;
  }

  private List<String> ids(ControlClient client) throws InterruptedException {
    return api.isEmpty()
        ? client.all("/v2/apis").stream().map(each -> each.path("apiId").asString("")).toList()
        : List.of(new ApiChoice(client).id(api));
  }

  private JsonNode settings(ControlClient client) throws InterruptedException {
    if (server.aws()) {
      return MissingNode.getInstance();
    }
    try {
      return client.get("/_gatehouse/config");
    } catch (CallFailed another) {
      return MissingNode.getInstance(); // an emulator that is no Gatehouse
    }
  }

  private void print(int apis, List<Problem> problems) {
    PrintWriter out = spec.commandLine().getOut();
    if (server.json()) {
      out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(problems));
    } else if (problems.isEmpty()) {
      out.println("nothing is wrong with " + (apis == 1 ? "it" : apis + " APIs"));
    } else {
      for (Problem each : problems) {
        out.println(each.api() + "  " + Table.plain(each.about()));
        out.println("  " + Table.plain(each.problem()));
        out.println("  fix: " + Table.plain(each.fix()));
      }
    }
  }
}
