package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.lambda.process.PoolLimits;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import tools.jackson.databind.JsonNode;

/** Events that nobody waits for, over restarts. That kill -9 loses none is in the soak's domain. */
class LaterEventsTest {
  @TempDir Path data;

  private static void create(LambdaServer server, String name, String source) {
    server.create(
        name,
        Zip.of("app.py", "import json, os, time\ndef handler(e, c):\n  " + source + "\n"),
        it -> it.runtime(server.installed("python")).handler("app.handler").timeout(20));
  }

  private static void send(LambdaServer server, String name, String event) {
    var answer = server.invoke(name, event, it -> it.invocationType(InvocationType.EVENT));
    assertThat(answer.statusCode()).isEqualTo(202);
  }

  private List<Path> waiting() throws IOException {
    if (!Files.isDirectory(data.resolve("events"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(data.resolve("events"))) {
      return files.toList();
    }
  }

  private String note(String name) throws IOException {
    Path note = data.resolve(name);
    return Files.exists(note) ? Files.readString(note) : "";
  }

  @Test
  void whatWasUnderWayWhenTheServerStoppedIsRunAgain() throws Exception {
    Path open = data.resolve("open");
    try (LambdaServer server = LambdaServer.start(data)) {
      create(
          server,
          "slow",
          "open('%s', 'a').write('began '); time.sleep(0 if os.path.exists('%s') else 15);"
                  .formatted(data.resolve("note"), open)
              + " open('%s', 'a').write('ended ' + json.dumps(e))".formatted(data.resolve("note")));
      send(server, "slow", "{\"a\": 1}");
      Eventually.holds("it runs", () -> note("note").equals("began "));
      assertThat(waiting()).hasSize(1);
    }
    assertThat(waiting()).hasSize(1);
    Files.createFile(open);
    try (LambdaServer server = LambdaServer.start(data)) {
      Eventually.holds(
          "it is run again", () -> note("note").equals("began began ended {\"a\": 1}"));
      Eventually.holds("nothing waits", () -> waiting().isEmpty());
      assertThat(server.store().revision()).isPositive();
    }
  }

  @Test
  void failuresAreCountedOverARestart() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      create(
          server, "told", "open('%s', 'w').write(json.dumps(e))".formatted(data.resolve("told")));
      create(
          server,
          "fails",
          "open('%s', 'a').write('x'); raise ValueError('no')".formatted(data.resolve("tries")));
      server
          .client()
          .putFunctionEventInvokeConfig(it ->
              it.functionName("fails")
                  .maximumRetryAttempts(2)
                  .destinationConfig(d ->
                      d.onFailure(f ->
                          f.destination("arn:aws:lambda:us-east-1:123456789012:function:told"))));
      // As if it had failed once before the server was stopped.
      send(server, "fails", "{}");
      Eventually.holds("it was tried", () -> !note("tries").isEmpty());
    }
    int before = note("tries").length();
    try (LambdaServer server = LambdaServer.start(data)) {
      Eventually.holds("the other function was told", () -> !note("told").isEmpty());
      Eventually.holds("nothing waits", () -> waiting().isEmpty());
      assertThat(note("tries").length()).isBetween(3, 4); // one may have been cut off by the stop
      assertThat(before).isBetween(1, 3);
      assertThat(server.functions()).isNotNull();
    }
    JsonNode told = Json.mapper().readTree(note("told"));
    assertThat(told.path("requestContext").path("condition").asString())
        .isEqualTo("RetriesExhausted");
    assertThat(told.path("requestContext").path("approximateInvokeCount").intValue()).isEqualTo(3);
  }

  @Test
  void whatIsTooOldIsNotRunAnyMore() throws Exception {
    try (LambdaServer server = LambdaServer.start(data)) {
      create(server, "late", "open('%s', 'a').write('x')".formatted(data.resolve("ran")));
      create(
          server, "told", "open('%s', 'w').write(json.dumps(e))".formatted(data.resolve("told")));
      server
          .client()
          .putFunctionEventInvokeConfig(it ->
              it.functionName("late")
                  .destinationConfig(d ->
                      d.onFailure(f ->
                          f.destination("arn:aws:lambda:us-east-1:123456789012:function:told"))));
    }
    // Accepted long ago, by a server that was then stopped for a long time.
    Path events = Files.createDirectories(data.resolve("events"));
    String head =
        "{\"function\":\"arn:aws:lambda:us-east-1:123456789012:function:late\",\"accepted\":1000}\n";
    Files.writeString(events.resolve("5a0c1e6e-0000-4000-8000-000000000001.0"), head + "{}");
    Files.writeString(events.resolve("5a0c1e6e-0000-4000-8000-000000000002.0"), "garbage");
    Files.writeString(events.resolve("incoming-5a0c1e6e-0000-4000-8000-000000000003"), head);
    try (LambdaServer server = LambdaServer.start(data)) {
      Eventually.holds("the other function was told", () -> !note("told").isEmpty());
      Eventually.holds("nothing waits", () -> waiting().isEmpty());
      assertThat(note("ran")).isEmpty();
      assertThat(server.functions()).isNotNull();
    }
    assertThat(note("told")).contains("EventAgeExceeded");
  }

  @Test
  void whatWaitsForADeletedFunctionGoesWithAReset() throws Exception {
    PoolLimits limits = PoolLimits.defaults();
    try (LambdaServer server = LambdaServer.start(data, limits)) {
      create(server, "busy", "time.sleep(15)");
      server
          .client()
          .putFunctionConcurrency(it -> it.functionName("busy").reservedConcurrentExecutions(0));
      send(server, "busy", "{}"); // waits, since nothing may run
      assertThat(waiting()).hasSize(1);
      server.client().deleteFunction(it -> it.functionName("busy"));
      server.functions().clearDeleted();
      assertThat(waiting()).isEmpty();
    }
  }
}
