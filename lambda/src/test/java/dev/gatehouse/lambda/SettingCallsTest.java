package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LayersListItem;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionRequest;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ThrottleReason;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
import tools.jackson.databind.JsonNode;

/** Concurrency, tags, event settings, layers and code in directories. */
class SettingCallsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

  @TempDir static Path data;
  private static LambdaServer server;
  private static LambdaClient client;

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.start(data);
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void create(String name, String source) {
    server.create(
        name,
        Zip.of("app.py", source),
        it -> it.runtime(server.installed("python")).handler("app.handler"));
  }

  private static String text(InvokeResponse answer) {
    assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    return answer.payload().asUtf8String();
  }

  @Test
  void reservedConcurrencyIsAllAFunctionGets() throws Exception {
    Path note = data.resolve("reserved-note");
    create(
        "reserved",
        "import os, time\ndef handler(e, c):\n"
            + "  open(e, 'w').close()\n"
            + "  while not os.path.exists(e + '.go'): time.sleep(0.01)\n  return 1\n");
    assertThat(
            client
                .getFunctionConcurrency(it -> it.functionName("reserved"))
                .reservedConcurrentExecutions())
        .isNull();
    client.putFunctionConcurrency(
        it -> it.functionName("reserved").reservedConcurrentExecutions(1));
    FutureTask<InvokeResponse> first =
        new FutureTask<>(() -> server.invoke("reserved", "\"" + note + "\""));
    Thread.startVirtualThread(first);
    Eventually.holds("the first runs", () -> Files.exists(note));

    assertThatThrownBy(() -> server.invoke("reserved", "\"" + note + "\""))
        .isInstanceOfSatisfying(
            TooManyRequestsException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(429);
              assertThat(e.reason())
                  .isEqualTo(ThrottleReason.RESERVED_FUNCTION_CONCURRENT_INVOCATION_LIMIT_EXCEEDED);
            });
    Files.createFile(data.resolve("reserved-note.go"));
    assertThat(text(first.get())).isEqualTo("1");
    client.putFunctionConcurrency(
        it -> it.functionName("reserved").reservedConcurrentExecutions(0));
    assertThatThrownBy(() -> server.invoke("reserved", "\"" + note + "\""))
        .isInstanceOf(TooManyRequestsException.class);
    assertThat(
            client
                .getFunction(it -> it.functionName("reserved"))
                .concurrency()
                .reservedConcurrentExecutions())
        .isZero();
    client.deleteFunctionConcurrency(it -> it.functionName("reserved"));
    assertThat(text(server.invoke("reserved", "\"" + note + "\""))).isEqualTo("1");
  }

  @Test
  void tagsComeAndGo() {
    create("tagged", "def handler(e, c): return 1\n");
    client.tagResource(it -> it.resource(ARN + "tagged").tags(Map.of("a", "1", "b", "2")));
    client.untagResource(it -> it.resource(ARN + "tagged").tagKeys("a", "c"));

    assertThat(client.listTags(it -> it.resource(ARN + "tagged")).tags())
        .isEqualTo(Map.of("b", "2"));
    assertThat(client.getFunction(it -> it.functionName("tagged")).tags())
        .isEqualTo(Map.of("b", "2"));
    assertThatThrownBy(() -> client.listTags(it -> it.resource(ARN + "nothere")))
        .isInstanceOf(ResourceNotFoundException.class);
    refused(
        () -> client.listTags(it -> it.resource("tagged")),
        "Value 'tagged' at 'resource' failed to satisfy constraint");
    refused(
        () -> client.tagResource(it -> it.resource(ARN + "tagged").tags(Map.of())),
        "An error occurred and the request cannot be processed.");
    refused(
        () -> client.untagResource(it -> it.resource(ARN + "tagged").tagKeys(List.of())),
        "Value null at 'tagKeys' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void anEventThatFailsIsTriedAgainAndThenToldOf() throws Exception {
    Path note = data.resolve("events-note");
    create(
        "told",
        "import json\ndef handler(e, c):\n  open('" + note + "', 'w').write(json.dumps(e))\n");
    create("fails", "def handler(e, c):\n  print('attempt')\n  raise ValueError('no')\n");
    client.putFunctionEventInvokeConfig(it ->
        it.functionName("fails")
            .maximumRetryAttempts(1)
            .destinationConfig(d -> d.onFailure(f -> f.destination(ARN + "told"))));
    server.invoke("fails", "{\"a\":1}", it -> it.invocationType(InvocationType.EVENT));

    Eventually.holds(
        "the other function was told", () -> Files.exists(note) && Files.size(note) > 0);
    JsonNode told = Json.mapper().readTree(note.toFile());
    assertThat(told.path("requestContext").path("condition").asString())
        .isEqualTo("RetriesExhausted");
    assertThat(told.path("requestContext").path("approximateInvokeCount").intValue()).isEqualTo(2);
    assertThat(told.path("requestContext").path("functionArn").asString())
        .isEqualTo(ARN + "fails:$LATEST");
    assertThat(told.path("requestPayload").toString()).isEqualTo("{\"a\":1}");
    assertThat(told.path("responseContext").path("functionError").asString())
        .isEqualTo("Unhandled");
    assertThat(told.path("responsePayload").path("errorType").asString()).isEqualTo("ValueError");
  }

  @Test
  void eventSettingsAreKeptPerQualifier() {
    create("settings", "def handler(e, c): return 1\n");
    client.putFunctionEventInvokeConfig(
        it -> it.functionName("settings").maximumRetryAttempts(0).maximumEventAgeInSeconds(60));
    client.updateFunctionEventInvokeConfig(
        it -> it.functionName("settings").maximumEventAgeInSeconds(120));

    var config = client.getFunctionEventInvokeConfig(it -> it.functionName("settings"));
    assertThat(config.maximumRetryAttempts()).isZero();
    assertThat(config.maximumEventAgeInSeconds()).isEqualTo(120);
    assertThat(config.functionArn()).isEqualTo(ARN + "settings:$LATEST");
    assertThat(config.lastModified()).isNotNull();
    assertThat(
            client
                .listFunctionEventInvokeConfigs(it -> it.functionName("settings"))
                .functionEventInvokeConfigs())
        .extracting(FunctionEventInvokeConfig::functionArn)
        .containsExactly(ARN + "settings:$LATEST");
    client.deleteFunctionEventInvokeConfig(it -> it.functionName("settings"));
    assertThatThrownBy(() -> client.getFunctionEventInvokeConfig(it -> it.functionName("settings")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(
            "The function " + ARN + "settings:$LATEST doesn't have an EventInvokeConfig");
    assertThatThrownBy(() ->
            client.putFunctionEventInvokeConfig(it ->
                it.functionName("settings")
                    .destinationConfig(d ->
                        d.onSuccess(s -> s.destination("arn:aws:sqs:us-east-1:123456789012:q")))))
        .hasMessageContaining("is not built in this version of Gatehouse");
  }

  @Test
  void eventSettingsThatMakeNoSenseAreRefusedWithAwsTexts() {
    create("odd", "def handler(e, c): return 1\n");
    refused(
        () -> client.putFunctionEventInvokeConfig(it -> it.functionName("odd")),
        "You must specify at least one of error handling or destination setting.");
    refused(
        () ->
            client.putFunctionEventInvokeConfig(
                it -> it.functionName("nobody").maximumRetryAttempts(1)),
        "The function doesn't exist.");
    refused(
        () -> client.listFunctionEventInvokeConfigs(it -> it.functionName("nobody")),
        "The function doesn't exist.");
    refused(
        () -> destination("odd", ARN + "odd"),
        "You can't specify the function as a destination for itself.");
    refused(
        () -> destination("odd", "nowhere"),
        "Value 'nowhere' at 'destinationConfig.onFailure.destination' failed to satisfy");
  }

  private static void destination(String function, String arn) {
    client.putFunctionEventInvokeConfig(it ->
        it.functionName(function).destinationConfig(d -> d.onFailure(f -> f.destination(arn))));
  }

  private static void refused(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(LambdaException.class).hasMessageContaining(text);
  }

  @Test
  void layersAreForRuntimesAndMachinesOfAws() {
    layer("named", "a", "1");
    refused(
        () -> publish(it -> it.compatibleRuntimesWithStrings("cobol")),
        "Value '[cobol]' at 'compatibleRuntimes' failed to satisfy constraint");
    refused(
        () -> publish(it -> it.compatibleArchitecturesWithStrings("mips")),
        "Member must satisfy enum value set: [x86_64, arm64]");
    refused(
        () -> client.getLayerVersionByArn(it -> it.arn("named")),
        "Value 'named' at 'arn' failed to satisfy constraint");
  }

  private static void publish(Consumer<PublishLayerVersionRequest.Builder> more) {
    client.publishLayerVersion(it -> {
      it.layerName("named").content(c -> c.zipFile(SdkBytes.fromByteArray(Zip.of("a", "1"))));
      more.accept(it);
    });
  }

  @Test
  void layersAreWhereTheRuntimeLooks() {
    String one = layer("one", "python/shared.py", "WORD = 'one'\n");
    String two = layer("one", "python/shared.py", "WORD = 'two'\n");
    String over = layer("over", "python/other.py", "WORD = 'other'\n");
    assertThat(one).isEqualTo("arn:aws:lambda:us-east-1:123456789012:layer:one:1");
    assertThat(two).endsWith(":one:2");
    server.create(
        "layered",
        Zip.of(
            "app.py",
            "import shared, other\ndef handler(e, c): return [shared.WORD, other.WORD]\n"),
        it -> it.runtime(server.installed("python")).handler("app.handler").layers(one, over));

    assertThat(text(server.invoke("layered", "{}"))).isEqualTo("[\"one\", \"other\"]");
    var updated =
        client.updateFunctionConfiguration(it -> it.functionName("layered").layers(two, over));
    assertThat(updated.layers()).hasSize(2);
    assertThat(updated.layers().getFirst().codeSize()).isPositive();
    assertThat(text(server.invoke("layered", "{}"))).isEqualTo("[\"two\", \"other\"]");
    assertThat(client.listLayers().layers())
        .extracting(LayersListItem::layerName)
        .contains("one", "over");
    assertThat(client.listLayerVersions(it -> it.layerName("one")).layerVersions()).hasSize(2);
    assertThat(
            client
                .getLayerVersion(it -> it.layerName("one").versionNumber(1L))
                .content()
                .codeSize())
        .isPositive();
    client.deleteLayerVersion(it -> it.layerName("one").versionNumber(2L));
    assertThat(text(server.invoke("layered", "{}"))).as("goes on").contains("two");
    assertThatThrownBy(
            () -> client.updateFunctionConfiguration(it -> it.functionName("layered").layers(two)))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("Layer version " + two + " does not exist.");
  }

  private static String layer(String name, String file, String text) {
    return client
        .publishLayerVersion(it ->
            it.layerName(name).content(c -> c.zipFile(SdkBytes.fromByteArray(Zip.of(file, text)))))
        .layerVersionArn();
  }

  @Test
  void codeInAnAllowedDirectoryIsLiveAtOnce() throws Exception {
    Path live = Files.createDirectories(data.resolve("live/project"));
    Files.writeString(live.resolve("app.py"), "def handler(e, c): return 1\n");
    server.create(
        "live",
        Zip.of("none", ""),
        it ->
            it.runtime(server.installed("python"))
                .handler("app.handler")
                .code(c -> c.s3Bucket("hot-reload").s3Key(live.toString())));
    for (int i = 1; i < 5; i++) {
      Files.writeString(live.resolve("app.py"), "def handler(e, c): return " + i * 11 + "\n");
      assertThat(text(server.invoke("live", "{}"))).isEqualTo("" + i * 11);
    }
    for (String elsewhere : new String[] {"/etc", live + "/../..", live + "/nothere", ""}) {
      assertThatThrownBy(() ->
              client.updateFunctionCode(
                  it -> it.functionName("live").s3Bucket("hot-reload").s3Key(elsewhere)))
          .isInstanceOf(InvalidParameterValueException.class)
          .hasMessageContaining("is not one below functions.directories");
    }
  }

  @Test
  void theAccountSaysWhatThereIs() {
    var account = client.getAccountSettings();
    assertThat(account.accountLimit().concurrentExecutions()).isEqualTo(100);
    assertThat(account.accountUsage().functionCount()).isNotNegative();
  }
}
