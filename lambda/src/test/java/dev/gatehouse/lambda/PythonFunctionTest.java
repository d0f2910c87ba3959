package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import tools.jackson.databind.JsonNode;

/** Functions in Python, on whichever version this machine has. */
class PythonFunctionTest {
  @TempDir static Path data;
  private static LambdaServer server;
  private static int count;

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.contained(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String create(String handler, String... files) {
    String name = "python" + count++;
    server.create(
        name, Zip.of(files), it -> it.runtime(server.installed("python")).handler(handler));
    return name;
  }

  private static JsonNode result(InvokeResponse answer) {
    assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    return Json.mapper().readTree(answer.payload().asUtf8String());
  }

  private static JsonNode fault(InvokeResponse answer) {
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    return Json.mapper().readTree(answer.payload().asUtf8String());
  }

  @ParameterizedTest
  @CsvSource({
    "app.handler, app.py",
    "pack/age/app.handler, pack/age/app.py",
    "pack.app.handler, pack/app.py"
  })
  void aHandlerIsFoundByItsPath(String handler, String file) {
    String name = create(handler, file, "def handler(event, context):\n  return event['a'] + 1\n");

    assertThat(result(server.invoke(name, "{\"a\":1}")).intValue()).isEqualTo(2);
    assertThat(result(server.invoke(name, "{\"a\":2}")).intValue()).isEqualTo(3);
  }

  @Test
  void whatIsRaisedIsReportedWithItsTypeAndTrace() {
    String name =
        create(
            "app.handler",
            "app.py",
            """
            class Refused(Exception):
              pass

            def handler(event, context):
              raise Refused("no")
            """);

    JsonNode fault = fault(server.invoke(name, "{}"));
    assertThat(fault.path("errorType").asString()).isEqualTo("Refused");
    assertThat(fault.path("errorMessage").asString()).isEqualTo("no");
    assertThat(fault.path("requestId").asString()).matches("[0-9a-f-]{36}");
    assertThat(fault.path("stackTrace")).hasSize(1);
    assertThat(fault.path("stackTrace").path(0).asString())
        .contains("app.py\", line 5, in handler\n    raise Refused(\"no\")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app.handler | other.py | x = 1 | Runtime.ImportModuleError | Unable to import module 'app': No module named 'app'",
        "app.handler | app.py | import nothere | Runtime.ImportModuleError | Unable to import module 'app': No module named 'nothere'",
        "app.handler | app.py | def handler( | Runtime.UserCodeSyntaxError | Syntax error in module 'app': '(' was never closed (app.py, line 1)",
        "app.handler | app.py | x = 1 | Runtime.HandlerNotFound | Handler 'handler' missing on module 'app'",
        "app | app.py | x = 1 | Runtime.MalformedHandlerName | Bad handler 'app': not enough values to unpack (expected 2, got 1)",
        "sys.exit | app.py | x = 1 | Runtime.BuiltInModuleConflict | Cannot use built-in module sys as a handler module",
        "app.handler | app.py | raise ValueError('at start') | ValueError | at start",
      })
  void aStartThatFailsSaysWhy(
      String handler, String file, String source, String type, String message) {
    String name = create(handler, file, source);

    JsonNode fault = fault(server.invoke(name, "{}"));
    assertThat(fault.path("errorType").asString()).isEqualTo(type);
    assertThat(fault.path("errorMessage").asString()).isEqualTo(message);
  }

  @Test
  void answersAreJsonOrAFault() {
    String name =
        create(
            "app.handler",
            "app.py",
            """
            import decimal
            def handler(event, context):
              return {"set": {1}, "number": decimal.Decimal("1.5"), "none": None}[event]
            """);

    assertThat(result(server.invoke(name, "\"number\"")).doubleValue()).isEqualTo(1.5);
    assertThat(result(server.invoke(name, "\"none\"")).isNull()).isTrue();
    JsonNode fault = fault(server.invoke(name, "\"set\""));
    assertThat(fault.path("errorType").asString()).isEqualTo("Runtime.MarshalError");
    assertThat(fault.path("errorMessage").asString())
        .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
  }

  @Test
  void theContextIsThatOfAws() {
    String name =
        create(
            "app.handler",
            "app.py",
            """
            import os, sys
            def handler(event, context):
              return dict(name=context.function_name, version=context.function_version,
                  memory=context.memory_limit_in_mb, group=context.log_group_name,
                  arn=context.invoked_function_arn, id=context.aws_request_id,
                  left=context.get_remaining_time_in_millis(), client=context.client_context,
                  identity=context.identity.cognito_identity_id, path=sys.path,
                  root=os.environ["LAMBDA_TASK_ROOT"])
            """);

    JsonNode context = result(server.invoke(name, "{}"));
    assertThat(context.path("name").asString()).isEqualTo(name);
    assertThat(context.path("version").asString()).isEqualTo("$LATEST");
    assertThat(context.path("memory").asString()).isEqualTo("256");
    assertThat(context.path("group").asString()).isEqualTo("/aws/lambda/" + name);
    assertThat(context.path("arn").asString()).endsWith(":function:" + name);
    assertThat(context.path("left").intValue()).isBetween(1, 10_000);
    assertThat(context.path("client").isNull()).isTrue();
    assertThat(context.path("identity").isNull()).isTrue();
    assertThat(context.path("path").path(0)).isEqualTo(context.path("root"));
    assertThat(context.path("path").toString()).doesNotContain("runtimes/python");
  }

  @Test
  void printAndLoggingGoToTheLog() {
    String name =
        create(
            "app.handler",
            "app.py",
            """
            import logging
            logging.getLogger().setLevel("INFO")
            def handler(event, context):
              print("printed")
              logging.info("logged %d", 1)
              raise SystemExit(3)
            """);

    InvokeResponse answer = server.invoke(name, "{}", it -> it.logType(LogType.TAIL));
    String log = new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
    assertThat(log)
        .contains("\nprinted\n")
        .containsPattern("\\[INFO]\t\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\t[0-9a-f-]{36}\tlogged 1\n");
    assertThat(fault(answer).path("errorType").asString()).isEqualTo("Runtime.ExitError");
    assertThat(fault(answer).path("errorMessage").asString())
        .endsWith(" Error: Runtime exited with error: exit status 3");
  }

  @Test
  void namesBelowLocalhostLeadHere() {
    String name =
        create(
            "app.handler",
            "app.py",
            """
            import socket
            def handler(event, context):
              return sorted({a[4][0] for a in socket.getaddrinfo("bucket.s3.localhost", 80)})
            """);

    assertThat(result(server.invoke(name, "{}")).toString()).contains("127.0.0.1");
  }
}
