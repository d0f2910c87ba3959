package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.AwsCli;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import tools.jackson.databind.JsonNode;

/** Logs as CloudWatch's clients read them. */
class LogsIT {

  private static Reply call(RunningGatehouse gw, String operation, String json) throws Exception {
    List<String> headers = new ArrayList<>(new Control(gw.http(), "test").signed("logs"));
    headers.add("X-Amz-Target: Logs_20140328." + operation);
    headers.add("Content-Type: application/x-amz-json-1.1");
    return gw.http().send("POST", "/", json, headers.toArray(String[]::new));
  }

  @Test
  void theAwsCliTailsTheAccessLogOfAStage() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve();
        String group = "/aws/tail/" + api.id();
        String json =
            "{\"accessLogSettings\":{\"destinationArn\":\"arn:aws:logs:us-east-1:000000000000:"
                + "log-group:%s\",\"format\":\"$context.requestId $context.status\"}}";
        Reply set = gw.control().patch(api.path("/stages/%24default"), json.formatted(group));
        assertThat(set.status()).as("%s", set).isEqualTo(200);
        String id = api.get("/x").header("apigw-requestid").orElseThrow();
        String printed =
            Eventually.eventually(
                "line in the log",
                Duration.ofSeconds(30),
                () ->
                    Optional.of(gw.cli().run("logs", "tail", group, "--since", "10m").out())
                        .filter(out -> !out.isBlank()));
        assertThat(printed).contains(" access " + id + " 200");
      }
    });
  }

  @Test
  void whoFollowsALogSeesWhatComesLater() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "GET /x");
        api.routes(api.function(ProbeFunction.arn(gw)), "GET /f");
        api.serve();
        AccessLog log = AccessLog.of(gw, api, "$context.requestId $context.status");
        try (Program ours = gatehouse(gw, "--follow", "--api", api.id());
            Program functions = gatehouse(gw, "--follow", "Probe", "--since", "1s")) {
          String first = api.get("/x").header("apigw-requestid").orElseThrow();
          ours.await(first + " 200");
          try (Program theirs = tail(gw, log.group())) {
            theirs.await(first + " 200");
            String second = api.get("/x").header("apigw-requestid").orElseThrow();
            ours.await(second + " 200");
            theirs.await(" access " + second + " 200");
            assertThat(ours.output().split(first, -1)).hasSize(2);
          }
          assertThat(api.get("/f?throw=followed").status()).isEqualTo(500);
          functions.await("followed");
        }
      }
    });
  }

  private static Program gatehouse(RunningGatehouse gw, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(RunningGatehouse.launcher().toString(), "logs"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--endpoint", gw.url().toString()));
    return Program.start(Path.of("."), Map.of(), command.toArray(String[]::new));
  }

  private static Program tail(RunningGatehouse gw, String group) throws Exception {
    Map<String, String> settings =
        Map.of(
            "AWS_ACCESS_KEY_ID", "test",
            "AWS_SECRET_ACCESS_KEY", "test",
            "AWS_DEFAULT_REGION", "us-east-1",
            "PYTHONUNBUFFERED", "1");
    return Program.start(
        Path.of("."),
        settings,
        "aws",
        "logs",
        "tail",
        group,
        "--follow",
        "--endpoint-url",
        gw.url().toString());
  }

  /** On AWS a traceback, or an object that the console prints over several lines, is one event. */
  @Test
  void aMessageOfSeveralLinesIsOneEvent() throws Exception {
    String python =
        """
        import logging
        def handler(e, c):
          logging.warning("one\\ntwo")
          try:
            {}["absent"]
          except KeyError:
            logging.exception("caught")
          raise ValueError("thrown")
        """;
    String node = "exports.handler = async () => { console.log('one\\ntwo'); }";
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        Map<String, String> code = Map.of("a.py", python, "a.js", node);
        for (String language : List.of("python3", "node")) {
          String name = "lines-" + language;
          String runtime = Functions.installed(language);
          Functions.create(lambda, name, runtime, "a.handler", Archive.of(code), Map.of());
          lambda.invoke(r -> r.functionName(name));
          assertThat(messages(gw, name, "one")).endsWith("one\ntwo").startsWith(start(language));
          if (language.equals("python3")) {
            assertThat(messages(gw, name, "caught"))
                .contains("caught\nTraceback (most recent call last):\n")
                .endsWith("KeyError: 'absent'");
            assertThat(messages(gw, name, "thrown"))
                .startsWith("[ERROR] ValueError: thrown\nTraceback (most recent call last):\n");
          }
          lambda.deleteFunction(r -> r.functionName(name));
        }
      }
    });
  }

  private static String start(String language) {
    return language.equals("node") ? "20" : "[WARNING]\t20";
  }

  /** The message of the one event that has a word. */
  private static String messages(RunningGatehouse gw, String function, String word)
      throws Exception {
    JsonNode events =
        Eventually.eventually(
            "event in the log",
            Duration.ofSeconds(20),
            () ->
                Optional.of(
                        gw.cli()
                            .json(
                                "logs",
                                "filter-log-events",
                                "--log-group-name",
                                "/aws/lambda/" + function,
                                "--filter-pattern",
                                word)
                            .path("events"))
                    .filter(found -> !found.isEmpty()));
    assertThat(events).hasSize(1);
    return events.path(0).path("message").asString();
  }

  @Test
  void groupsStreamsAndEventsAreMadeReadAndDeleted() throws Exception {
    withGatehouse((gw, http) -> {
      AwsCli cli = gw.cli();
      String group = "/conformance/logs";
      long now = System.currentTimeMillis();
      cli.json("logs", "create-log-group", "--log-group-name", group, "--tags", "a=b");
      assertThat(cli.run("logs", "create-log-group", "--log-group-name", group).err())
          .contains("ResourceAlreadyExistsException");
      cli.json("logs", "create-log-stream", "--log-group-name", group, "--log-stream-name", "s");
      String events =
          "[{\"timestamp\":%d,\"message\":\"one ERROR\"},{\"timestamp\":%d,\"message\":\"{\\\"a\\\":5}\"}]"
              .formatted(now, now + 1);
      String place = "\"logGroupName\":\"" + group + "\",\"logStreamName\":\"s\"";
      Reply put = call(gw, "PutLogEvents", "{" + place + ",\"logEvents\":" + events + "}");
      assertThat(put.status()).as("%s", put).isEqualTo(200);
      JsonNode read =
          cli.json("logs", "get-log-events", "--log-group-name", group, "--log-stream-name", "s");
      assertThat(read.at("/events/0/message").asString()).isEqualTo("one ERROR");
      assertThat(read.at("/events/1/timestamp").asLong()).isEqualTo(now + 1);
      JsonNode found =
          cli.json(
              "logs", "filter-log-events", "--log-group-name", group, "--filter-pattern", "ERROR");
      assertThat(found.path("events").size()).isEqualTo(1);
      found =
          cli.json(
              "logs",
              "filter-log-events",
              "--log-group-name",
              group,
              "--filter-pattern",
              "{ $.a > 4 }");
      assertThat(found.at("/events/0/message").asString()).isEqualTo("{\"a\":5}");
      cli.json(
          "logs", "put-retention-policy", "--log-group-name", group, "--retention-in-days", "7");
      JsonNode described =
          cli.json("logs", "describe-log-groups", "--log-group-name-prefix", group);
      assertThat(described.at("/logGroups/0/retentionInDays").asInt()).isEqualTo(7);
      assertThat(
              cli.json("logs", "describe-log-streams", "--log-group-name", group)
                  .at("/logStreams/0/lastEventTimestamp")
                  .asLong())
          .isEqualTo(now + 1);
      cli.json("logs", "delete-log-group", "--log-group-name", group);
      assertThat(cli.run("logs", "describe-log-streams", "--log-group-name", group).err())
          .contains("ResourceNotFoundException");
    });
  }

  @Test
  void whatIsNotBuiltSaysSo() throws Exception {
    withGatehouse((gw, http) -> {
      Reply reply = call(gw, "StartQuery", "{}");
      assertThat(reply.status()).isEqualTo(501);
      assertThat(reply.json().path("message").asString()).contains("logs:StartQuery");
      assertThat(call(gw, "FilterLogEvents", "not JSON").status()).isEqualTo(400);
      assertThat(
              call(gw, "FilterLogEvents", "{\"logGroupName\":\"../../etc\"}")
                  .json()
                  .path("__type")
                  .asString())
          .isEqualTo("ResourceNotFoundException");
    });
  }
}
