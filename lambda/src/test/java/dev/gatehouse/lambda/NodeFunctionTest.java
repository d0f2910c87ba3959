package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import tools.jackson.databind.JsonNode;

/** Functions in Node.js, on whichever version this machine has. */
class NodeFunctionTest {
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
    return create(handler, 10, files);
  }

  private static String create(String handler, int timeout, String... files) {
    String name = "node" + count++;
    server.create(
        name,
        Zip.of(files),
        it -> it.runtime(server.installed("nodejs")).handler(handler).timeout(timeout));
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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "index.js | exports.handler = async (e) => e.a + 1",
        "index.js | exports.handler = (e, c, done) => done(null, e.a + 1)",
        "index.js | exports.handler = (e, c, done) => { setTimeout(() => done(null, e.a + 1), 5) }",
        "index.js | exports.handler = (e, c) => { setTimeout(() => c.succeed(e.a + 1), 5) }",
        "index.js | exports.handler = (e, c) => { c.done(null, e.a + 1) }",
        "index.cjs | exports.handler = async (e) => e.a + 1",
        "index.mjs | export const handler = async (e) => e.a + 1",
        "index.mjs | const one = await Promise.resolve(1); export const handler = async (e) => e.a + one",
        "index.mjs | export default { handler: async (e) => e.a + 1 }",
        "index/index.js | exports.handler = async (e) => e.a + 1",
      })
  void aHandlerAnswersInEveryWayThatAwsKnows(String file, String source) {
    String name = create("index.handler", file, source);

    assertThat(result(server.invoke(name, "{\"a\":1}")).intValue()).isEqualTo(2);
    assertThat(result(server.invoke(name, "{\"a\":2}")).intValue()).isEqualTo(3);
  }

  @Test
  void aPackageThatSaysSoIsOfModules() {
    String name =
        create(
            "src/app.run",
            "package.json",
            "{\"type\":\"module\"}",
            "src/app.js",
            "import {two} from './two.js'; export const run = async () => two",
            "src/two.js",
            "export const two = 2");

    assertThat(result(server.invoke(name, "{}")).intValue()).isEqualTo(2);
  }

  @Test
  void anAnswerByCallbackWaitsForWhatIsLeftToDoUnlessToldOtherwise() {
    String waits =
        create(
            "index.handler",
            "index.js",
            """
            exports.handler = (e, c, done) => {
              const answer = {};
              setTimeout(() => { answer.late = true }, 80);
              c.callbackWaitsForEmptyEventLoop = e.wait;
              done(null, answer);
            };
            """);

    assertThat(result(server.invoke(waits, "{\"wait\":true}")).path("late").booleanValue())
        .isTrue();
    assertThat(result(server.invoke(waits, "{\"wait\":false}")).has("late")).isFalse();
  }

  @Test
  void aHandlerThatNeverAnswersAnswersNullOnceNothingIsLeftToDo() {
    String name =
        create("index.handler", "index.js", "exports.handler = () => new Promise(() => {})");

    assertThat(result(server.invoke(name, "{}")).isNull()).isTrue();
    assertThat(result(server.invoke(name, "{}")).isNull()).isTrue();
  }

  @Test
  void whatIsThrownIsReportedWithItsTypeAndTrace() {
    String name =
        create(
            "index.handler",
            "index.js",
            """
            class Refused extends Error { constructor(m) { super(m); this.name = 'Refused' } }
            exports.handler = async (e) => {
              if (e.how === 'text') throw 'plain';
              if (e.how === 'loop') { const a = {}; a.a = a; return a; }
              throw new Refused('no');
            };
            """);

    JsonNode refused = fault(server.invoke(name, "{}"));
    assertThat(refused.path("errorType").asString()).isEqualTo("Refused");
    assertThat(refused.path("errorMessage").asString()).isEqualTo("no");
    assertThat(refused.path("trace").path(0).asString()).isEqualTo("Refused: no");
    assertThat(refused.path("trace").path(1).asString())
        .contains("at exports.handler", "index.js:5");
    JsonNode text = fault(server.invoke(name, "{\"how\":\"text\"}"));
    assertThat(text.toString())
        .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"plain\",\"trace\":[]}");
    assertThat(fault(server.invoke(name, "{\"how\":\"loop\"}")).path("errorMessage").asString())
        .isEqualTo("Unable to stringify response body");
  }

  @Test
  void whatNobodyCatchesEndsTheProcess() {
    String name =
        create(
            "index.handler",
            "index.js",
            """
            exports.handler = (e, c, done) => {
              if (e.how === 'promise') { Promise.reject(new Error('lost')); setTimeout(() => done(null, 1), 500); }
              else if (e.how === 'timer') setTimeout(() => { throw new TypeError('late') }, 5);
              else done(null, process.pid);
            };
            """);

    int first = result(server.invoke(name, "{}")).intValue();
    JsonNode timer = fault(server.invoke(name, "{\"how\":\"timer\"}"));
    assertThat(timer.path("errorType").asString()).isEqualTo("TypeError");
    int second = result(server.invoke(name, "{}")).intValue();
    assertThat(second).isNotEqualTo(first);
    JsonNode promise = fault(server.invoke(name, "{\"how\":\"promise\"}"));
    assertThat(promise.path("errorType").asString()).isEqualTo("Runtime.UnhandledPromiseRejection");
    assertThat(promise.path("errorMessage").asString()).isEqualTo("Error: lost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "index.handler | other.js | 1 | Runtime.ImportModuleError | Cannot find module 'index'",
        "index.handler | index.js | require('nothere') | Runtime.ImportModuleError | Cannot find module 'nothere'",
        "index.handler | index.mjs | import x from 'nothere' | Runtime.ImportModuleError | Cannot find package 'nothere'",
        "index.handler | index.js | exports.handler = ( | Runtime.UserCodeSyntaxError | SyntaxError: Unexpected end",
        "index.handler | index.js | exports.other = 1 | Runtime.HandlerNotFound | index.handler is undefined or not exported",
        "index.handler | index.js | exports.handler = 1 | Runtime.HandlerNotFound | index.handler is not a function",
        "index | index.js | 1 | Runtime.MalformedHandlerName | Bad handler",
        "../index.handler | index.js | 1 | Runtime.MalformedHandlerName | '../index.handler' is not a valid",
        "index.handler | index.js | throw new RangeError('at start') | RangeError | at start",
      })
  void aStartThatFailsSaysWhy(
      String handler, String file, String source, String type, String message) {
    String name = create(handler, file, source);

    JsonNode fault = fault(server.invoke(name, "{}"));
    assertThat(fault.path("errorType").asString()).isEqualTo(type);
    assertThat(fault.path("errorMessage").asString()).contains(message);
  }

  @Test
  void theContextIsThatOfAws() {
    String name =
        create(
            "index.handler",
            "index.js",
            """
            exports.handler = async (e, c) => ({...c, left: c.getRemainingTimeInMillis(),
              env: process.env.AWS_EXECUTION_ENV, module: require.resolve.paths('x').length > 0,
              trace: process.env._X_AMZN_TRACE_ID});
            """);

    JsonNode context = result(server.invoke(name, "{}"));
    assertThat(context.path("functionName").asString()).isEqualTo(name);
    assertThat(context.path("functionVersion").asString()).isEqualTo("$LATEST");
    assertThat(context.path("memoryLimitInMB").asString()).isEqualTo("256");
    assertThat(context.path("logGroupName").asString()).isEqualTo("/aws/lambda/" + name);
    assertThat(context.path("invokedFunctionArn").asString()).endsWith(":function:" + name);
    assertThat(context.path("awsRequestId").asString()).matches("[0-9a-f-]{36}");
    assertThat(context.path("left").intValue()).isBetween(1, 10_000);
    assertThat(context.path("env").asString()).startsWith("AWS_Lambda_nodejs");
    assertThat(context.path("trace").asString()).startsWith("Root=1-");
  }

  @Test
  void theConsoleWritesLinesAsAwsDoes() {
    String name =
        create(
            "index.handler",
            "index.js",
            "exports.handler = async () => { console.warn('a %d', 1) }");

    InvokeResponse answer = server.invoke(name, "{}", it -> it.logType(LogType.TAIL));
    String log = new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
    assertThat(log).containsPattern("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\t[0-9a-f-]{36}\tWARN\ta 1\n");
  }

  @Test
  void aStreamedAnswerIsGathered() {
    String name =
        create(
            "index.handler",
            "index.js",
            """
            exports.handler = awslambda.streamifyResponse(async (e, out) => {
              out.write('{"parts":'); await new Promise(r => setTimeout(r, 5)); out.write('2}'); out.end();
            });
            """);

    assertThat(result(server.invoke(name, "{}")).path("parts").intValue()).isEqualTo(2);
    assertThat(result(server.invoke(name, "{}")).path("parts").intValue()).isEqualTo(2);
  }

  @Test
  void namesBelowLocalhostLeadHere() {
    String name =
        create(
            "index.handler",
            "index.mjs",
            """
            import { lookup } from 'node:dns/promises'; import { lookup as old } from 'node:dns'; import net from 'node:net';
            import { promisify } from 'node:util';
            const server = net.createServer(s => s.end()).listen(0, '127.0.0.1');
            await new Promise(r => server.on('listening', r));
            export const handler = async () => {
              const socket = net.connect(server.address().port, 'bucket.s3.localhost');
              await new Promise((yes, no) => { socket.on('connect', yes); socket.on('error', no) });
              socket.destroy();
              return (await promisify(old)('a.localhost')).address;
            };
            """);

    assertThat(result(server.invoke(name, "{}")).asString()).isIn("127.0.0.1", "::1");
  }

  @Test
  void aHandlerThatKeepsTheProcessBusyTimesOut() {
    String name = create("index.handler", 1, "index.js", "exports.handler = () => { for (;;); }");

    assertThat(fault(server.invoke(name, "{}")).path("errorMessage").asString())
        .endsWith("Task timed out after 1.00 seconds");
  }

  @Test
  void variablesOfTheFunctionAreThere() {
    String name =
        create("index.handler", "index.js", "exports.handler = async () => process.env.COLOUR");
    server
        .client()
        .updateFunctionConfiguration(
            it -> it.functionName(name).environment(e -> e.variables(Map.of("COLOUR", "red"))));

    assertThat(result(server.invoke(name, "{}")).asString()).isEqualTo("red");
  }
}
