package dev.gatehouse.cli.advise;

import dev.gatehouse.cli.remote.ApiChoice;
import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.ControlClient;
import dev.gatehouse.cli.remote.Server;
import dev.gatehouse.cli.remote.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code gatehouse advise}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "advise",
    header = "Say what of an API needs a REST API (v1) on AWS, and what an HTTP API would save.",
    description = {
      "",
      "An OpenAPI file is read as AWS imports it. Of an HTTP API it is said what would need a REST"
          + " API on AWS; with --aws a REST API may be given, too, whose deployed definition is"
          + " read. Prices are those of us-east-1 for the first 300 million requests a month: 3.50"
          + " USD a million for REST APIs, 1.00 USD for HTTP APIs.",
      ""
    },
    footer = {"", "Example: gatehouse advise openapi.yaml"})
public final class AdviseCommand implements Callable<Integer> {
  private static final double REST_PRICE = 3.50;
  private static final double HTTP_PRICE = 1.00;
  private static final long LARGEST = 10L << 20;

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(
      index = "0",
      paramLabel = "API|FILE",
      description = "An OpenAPI file, or the id or name of an API.")
  private String subject;

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path file = Path.of(subject);
    if (Files.isRegularFile(file)) {
      print(OpenApiNeeds.of(definition(file)));
      return 0;
    }
    if (subject.matches(".*\\.(json|ya?ml)")) {
      throw new CallFailed(0, "there is no file " + subject + "; check the path");
    }
    try (ControlClient client = server.connect()) {
      boolean other = client.aws() && new ApiChoice(client).find(subject).isEmpty();
      Optional<RestApi> rest = other ? RestApi.find(client, subject) : Optional.empty();
      print(rest.isPresent() ? rest.get().needs() : ofApi(client));
    }
    return 0;
  }

  private List<Need> ofApi(ControlClient client) throws InterruptedException {
    String id = new ApiChoice(client).id(subject);
    JsonNode api = client.get(ApiChoice.resourceOf(id));
    if (api.path("protocolType").asString("").equals("WEBSOCKET")) {
      throw new CallFailed(0, subject + " is a WebSocket API; there is no other kind for it");
    }
    return new HttpApiNeeds(client, id).read();
  }

  private static JsonNode definition(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new CallFailed(0, file + " is larger than 10 MB; AWS imports at most 6 MB");
    }
    String text = Files.readString(file);
    try {
      JsonNode read =
          text.stripLeading().startsWith("{")
              ? new JsonMapper().readTree(text)
              : new YAMLMapper().readTree(text);
      if (read.has("openapi") || read.has("swagger")) {
        return read;
      }
    } catch (JacksonException wrong) {
      throw new CallFailed(0, file + " is neither JSON nor YAML: " + wrong.getOriginalMessage());
    }
    throw new CallFailed(
        0, file + " is no OpenAPI definition: it has no member openapi or swagger");
  }

  private void print(List<Need> needs) {
    PrintWriter out = spec.commandLine().getOut();
    double saved = 100 * (1 - HTTP_PRICE / REST_PRICE);
    if (server.json()) {
      JsonMapper json = new JsonMapper();
      ObjectNode advice = json.createObjectNode();
      advice.set("needs", json.valueToTree(needs));
      advice
          .put("restApiUsdPerMillion", REST_PRICE)
          .put("httpApiUsdPerMillion", HTTP_PRICE)
          .put("savedPercent", Math.round(saved));
      out.println(advice.toPrettyString());
      return;
    }
    if (needs.isEmpty()) {
      out.println("nothing of it needs a REST API");
    } else {
      Table table = new Table("WHERE", "NEEDS A REST API FOR", "AN HTTP API INSTEAD");
      needs.forEach(need -> table.add(need.where(), need.what(), need.instead()));
      table.print(out);
    }
    out.println(
        "an HTTP API costs %.2f USD a million requests where a REST API costs %.2f: %.0f %% less"
            .formatted(HTTP_PRICE, REST_PRICE, saved));
  }
}
