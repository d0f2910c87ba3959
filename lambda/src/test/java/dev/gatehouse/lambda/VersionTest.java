package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Versions, aliases and the policies that each has. */
class VersionTest {
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

  private static byte[] says(String word) {
    return Zip.of(
        "app.py", "import os\ndef handler(e, c):\n  return ['" + word + "', c.function_version]\n");
  }

  private static void create(String name, String word) {
    server.create(
        name, says(word), it -> it.runtime(server.installed("python")).handler("app.handler"));
  }

  private static void update(String name, String word) {
    client.updateFunctionCode(
        it -> it.functionName(name).zipFile(SdkBytes.fromByteArray(says(word))));
  }

  private static String publish(String name) {
    return client.publishVersion(it -> it.functionName(name)).version();
  }

  private static String invoke(String name) {
    return server.invoke(name, "{}").payload().asUtf8String();
  }

  @Test
  void aVersionStaysAsItWasPublished() {
    create("stays", "one");
    PublishVersionResponse one =
        client.publishVersion(it -> it.functionName("stays").description("first"));
    assertThat(one.version()).isEqualTo("1");
    assertThat(one.functionArn()).isEqualTo(ARN + "stays:1");
    assertThat(one.description()).isEqualTo("first");
    assertThat(publish("stays")).as("nothing has changed").isEqualTo("1");

    update("stays", "two");
    assertThat(publish("stays")).isEqualTo("2");
    update("stays", "three");

    assertThat(invoke("stays")).isEqualTo("[\"three\", \"$LATEST\"]");
    assertThat(invoke("stays:1")).isEqualTo("[\"one\", \"1\"]");
    assertThat(invoke(ARN + "stays:2")).isEqualTo("[\"two\", \"2\"]");
    assertThat(server.invoke("stays", "{}", it -> it.qualifier("2")).executedVersion())
        .isEqualTo("2");
    List<FunctionConfiguration> versions =
        client.listVersionsByFunction(it -> it.functionName("stays")).versions();
    assertThat(versions)
        .extracting(FunctionConfiguration::version)
        .containsExactly("$LATEST", "1", "2");
    assertThat(versions.getFirst().functionArn()).isEqualTo(ARN + "stays:$LATEST");
    assertThat(client.listFunctions(it -> it.functionVersion("ALL")).functions())
        .extracting(FunctionConfiguration::functionArn)
        .contains(ARN + "stays:$LATEST", ARN + "stays:1", ARN + "stays:2");
    var pages = client.listFunctionsPaginator(it -> it.functionVersion("ALL").maxItems(2));
    assertThat(pages.functions().stream().map(FunctionConfiguration::functionArn))
        .contains(ARN + "stays:$LATEST", ARN + "stays:1", ARN + "stays:2")
        .doesNotHaveDuplicates();
    assertThat(pages.stream().allMatch(page -> page.functions().size() <= 2)).isTrue();
    assertThat(
            client
                .getFunction(it -> it.functionName("stays").qualifier("1"))
                .configuration()
                .version())
        .isEqualTo("1");
  }

  @Test
  void versionsAreListedPageByPage() {
    create("pages", "0");
    for (int i = 1; i <= 11; i++) {
      update("pages", "" + i);
      publish("pages");
    }

    assertThat(
            client
                .listVersionsByFunctionPaginator(it -> it.functionName("pages").maxItems(3))
                .versions()
                .stream()
                .map(FunctionConfiguration::version))
        .containsExactly("$LATEST", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
  }

  @Test
  void aNumberIsNeverGivenOutAgain() {
    create("numbers", "one");
    publish("numbers");
    client.deleteFunction(it -> it.functionName("numbers").qualifier("1"));
    update("numbers", "two");

    assertThat(publish("numbers")).isEqualTo("2");
    assertThatThrownBy(() -> invoke("numbers:1"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Function not found: " + ARN + "numbers:1");
  }

  @Test
  void publishingCanBeConditional() {
    create("conditional", "one");
    assertThatThrownBy(
            () -> client.publishVersion(it -> it.functionName("conditional").codeSha256("other")))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("CodeSHA256 (other) is different from current CodeSHA256 in $LATEST");
    assertThatThrownBy(
            () -> client.publishVersion(it -> it.functionName("conditional").revisionId("other")))
        .isInstanceOf(PreconditionFailedException.class);
    server.create(
        "at-once",
        says("x"),
        it -> it.runtime(server.installed("python")).handler("app.handler").publish(true));
    assertThat(invoke("at-once:1")).contains("\"1\"");
  }

  @Test
  void theCodeOfAVersionOutlivesUpdatesAndARestart(@TempDir Path other) throws Exception {
    try (LambdaServer first = LambdaServer.start(other)) {
      first.create(
          "old", says("one"), it -> it.runtime(first.installed("python")).handler("app.handler"));
      first.client().publishVersion(it -> it.functionName("old"));
      first
          .client()
          .updateFunctionCode(
              it -> it.functionName("old").zipFile(SdkBytes.fromByteArray(says("two"))));
    }
    try (LambdaServer second = LambdaServer.start(other)) {
      assertThat(second.invoke("old:1", "{}").payload().asUtf8String()).contains("one");
      second.client().deleteFunction(it -> it.functionName("old").qualifier("1"));
      Path home = other.resolve("functions/123456789012/us-east-1/old");
      Eventually.holds(
          "only the head's code is left",
          () -> {
            try (var archives = Files.list(home)) {
              return archives.count() == 1;
            }
          });
    }
  }

  @Test
  void anAliasLeadsToAVersionAndCanBeMoved() {
    create("named", "one");
    publish("named");
    update("named", "two");
    publish("named");
    var made =
        client.createAlias(
            it -> it.functionName("named").name("live").functionVersion("1").description("d"));
    assertThat(made.aliasArn()).isEqualTo(ARN + "named:live");
    assertThat(invoke("named:live")).isEqualTo("[\"one\", \"1\"]");

    client.updateAlias(it -> it.functionName("named").name("live").functionVersion("2"));

    assertThat(invoke("named:live")).isEqualTo("[\"two\", \"2\"]");
    var alias = client.getAlias(it -> it.functionName("named").name("live"));
    assertThat(alias.description()).isEqualTo("d");
    assertThat(alias.functionVersion()).isEqualTo("2");
    assertThat(alias.revisionId()).isNotEqualTo(made.revisionId());
    assertThat(client.listAliases(it -> it.functionName("named")).aliases()).hasSize(1);
    assertThat(client.listAliases(it -> it.functionName("named").functionVersion("1")).aliases())
        .isEmpty();
    assertThatThrownBy(() -> client.deleteFunction(it -> it.functionName("named").qualifier("2")))
        .isInstanceOf(ResourceConflictException.class)
        .hasMessageContaining("following aliases reference it: [live]");
    client.deleteAlias(it -> it.functionName("named").name("live"));
    assertThatThrownBy(() -> client.getAlias(it -> it.functionName("named").name("live")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Cannot find alias arn: " + ARN + "named:live");
  }

  @Test
  void anAliasSharesItsInvocationsOut() {
    create("shared", "one");
    publish("shared");
    update("shared", "two");
    publish("shared");
    client.createAlias(it ->
        it.functionName("shared")
            .name("canary")
            .functionVersion("1")
            .routingConfig(r -> r.additionalVersionWeights(Map.of("2", 0.5))));
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 40; i++) {
      counts.merge(server.invoke("shared:canary", "{}").executedVersion(), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("1", "2");
    assertThat(counts.values()).allMatch(count -> count >= 8);
  }

  @Test
  void whatAnAliasCannotBeIsRefused() {
    create("strict", "one");
    publish("strict");
    client.createAlias(it -> it.functionName("strict").name("a").functionVersion("1"));
    assertThatThrownBy(() ->
            client.createAlias(it -> it.functionName("strict").name("a").functionVersion("1")))
        .isInstanceOf(ResourceConflictException.class)
        .hasMessageContaining("Alias already exists: " + ARN + "strict:a");
    assertThatThrownBy(() ->
            client.createAlias(it -> it.functionName("strict").name("b").functionVersion("9")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Function not found: " + ARN + "strict:9");
    assertThatThrownBy(() ->
            client.createAlias(it -> it.functionName("strict").name("7").functionVersion("1")))
        .hasMessageContaining("Value '7' at 'name'");
    assertThatThrownBy(() ->
            client.createAlias(it ->
                it.functionName("strict")
                    .name("c")
                    .functionVersion("$LATEST")
                    .routingConfig(r -> r.additionalVersionWeights(Map.of("1", 0.5)))))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining(
            "$LATEST is not supported for an alias pointing to more than 1 version");
    assertThatThrownBy(() ->
            client.updateFunctionCode(
                it -> it.functionName("strict:a").zipFile(SdkBytes.fromByteArray(says("x")))))
        .isInstanceOf(InvalidParameterValueException.class);
  }

  @Test
  void eachQualifierHasAPolicyOfItsOwn() throws Exception {
    create("guarded", "one");
    publish("guarded");
    client.createAlias(it -> it.functionName("guarded").name("live").functionVersion("1"));
    client.addPermission(it ->
        it.functionName("guarded")
            .qualifier("live")
            .statementId("s")
            .action("lambda:InvokeFunction")
            .principal("apigateway.amazonaws.com"));

    assertThat(client.getPolicy(it -> it.functionName("guarded").qualifier("live")).policy())
        .contains("\"Resource\":\"" + ARN + "guarded:live\"");
    assertThatThrownBy(() -> client.getPolicy(it -> it.functionName("guarded")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(throughGateway("guarded:live")).isInstanceOf(InvokeOutcome.Returned.class);
    assertThat(throughGateway("guarded:1")).isInstanceOf(InvokeOutcome.Denied.class);
    assertThat(throughGateway("guarded")).isInstanceOf(InvokeOutcome.Denied.class);
    assertThat(throughGateway("guarded:gone")).isInstanceOf(InvokeOutcome.Missing.class);
    client.removePermission(it -> it.functionName("guarded").qualifier("live").statementId("s"));
    assertThat(throughGateway("guarded:live")).isInstanceOf(InvokeOutcome.Denied.class);
  }

  private static InvokeOutcome throughGateway(String name) throws InterruptedException {
    return server
        .functions()
        .invoke(
            new InvokeRequest(
                ARN + name,
                "arn:aws:execute-api:us-east-1:123456789012:api/s/GET/",
                "123456789012",
                new byte[] {'1'}))
        .outcome();
  }
}
