package dev.gatehouse.cli.function;

import dev.gatehouse.cli.remote.CallFailed;
import dev.gatehouse.cli.remote.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code gatehouse invoke}: prints what the function answers, with its log where asked to. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
    name = "invoke",
    header = "Invoke a function and print its answer.",
    description = {"", "Ends with 1 where the function failed.", ""},
    footer = {"", "Example: gatehouse invoke hello '{\"name\":\"you\"}' --log"})
public final class InvokeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private Server server;

  @Parameters(
      index = "0",
      paramLabel = "FUNCTION",
      description = "Name or ARN, with :QUALIFIER for a version or an alias.")
  private String function;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EVENT",
      defaultValue = "{}",
      description = "JSON, @FILE, or - for the standard input. Default: {}.")
  private String event = "{}";

  @Option(names = "--log", description = "Print the end of its log as well, on the error output.")
  private boolean log;

  @Option(names = "--no-wait", description = "Leave the event there; do not wait for an answer.")
  private boolean later;

  @Override
  public Integer call() throws IOException {
    String payload = payload();
    try (LambdaClient lambda = client()) {
      InvokeResponse answer =
          lambda.invoke(it ->
              it.functionName(function)
                  .payload(SdkBytes.fromUtf8String(payload))
                  .logType(log && !later ? LogType.TAIL : LogType.NONE)
                  .invocationType(later ? InvocationType.EVENT : InvocationType.REQUEST_RESPONSE));
      return print(answer);
    } catch (LambdaException refused) {
      throw new CallFailed(refused.statusCode(), refused.awsErrorDetails().errorMessage());
    } catch (SdkClientException unreachable) {
      throw server.unreachable();
    }
  }

  private int print(InvokeResponse answer) {
    String text = later ? "" : answer.payload().asUtf8String();
    String logged =
        answer.logResult() == null
            ? ""
            : new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
    if (server.json()) {
      spec.commandLine().getOut().println(told(answer, text, logged).toPrettyString());
    } else {
      PrintWriter err = spec.commandLine().getErr();
      err.print(logged);
      err.flush();
      if (!later) {
        spec.commandLine().getOut().println(text);
      }
    }
    return answer.functionError() == null ? 0 : 1;
  }

  /** All of an answer in one value; what is no JSON is told as text. */
  private static ObjectNode told(InvokeResponse answer, String text, String logged) {
    JsonMapper json = new JsonMapper();
    ObjectNode told = json.createObjectNode().put("statusCode", answer.statusCode());
    if (answer.functionError() != null) {
      told.put("functionError", answer.functionError());
    }
    if (!text.isEmpty()) {
      try {
        told.set("payload", json.readTree(text));
      } catch (JacksonException other) {
        told.put("payload", text);
      }
    }
    return logged.isEmpty() ? told : told.put("log", logged);
  }

  private String payload() throws IOException {
    if (event.equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    return event.startsWith("@") ? Files.readString(Path.of(event.substring(1))) : event;
  }

  private LambdaClient client() {
    LambdaClientBuilder builder =
        LambdaClient.builder()
            .region(Region.of(server.settings().region()))
            .credentialsProvider(StaticCredentialsProvider.create(server.settings().credentials()))
            .httpClient(UrlConnectionHttpClient.create());
    return (server.aws() ? builder : builder.endpointOverride(server.endpoint())).build();
  }
}
