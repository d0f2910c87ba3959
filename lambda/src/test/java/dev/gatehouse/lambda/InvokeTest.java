package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class InvokeTest {
  @TempDir static Path data;
  private static LambdaServer server;

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void streamHandlerGetsTheEventAndItsOutputIsTheAnswer() {
    server.create("echo", HandlerZip.stream("in.transferTo(out);"));

    InvokeResponse answer = server.invoke("echo", "{\"a\":1}");

    assertThat(text(answer)).isEqualTo("{\"a\":1}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.functionError()).isNull();
    assertThat(answer.executedVersion()).isEqualTo("$LATEST");
  }

  @Test
  void mapsAndListsComeAndGoAsJson() {
    server.create(
        "maps",
        HandlerZip.of(
            "implements RequestHandler<Map<String, Object>, Map<String, Object>>",
            "public Map<String, Object> handleRequest(Map<String, Object> in, Context c) {"
                + "return Map.of(\"got\", in.get(\"list\"));}"));

    assertThat(text(server.invoke("maps", "{\"list\":[1,\"b\",null]}")))
        .isEqualTo("{\"got\":[1,\"b\",null]}");
  }

  @Test
  void objectsAreReadByTheTypeArgumentsOfAnInheritedInterface() {
    server.create(
        "objects",
        HandlerZip.of(
            "extends Base<Handler.In>",
            "public static class In { private String name; public String getName() {return name;}"
                + " public void setName(String n) {name = n;} }"
                + "public static class Out { public String getHello() {return hello;}"
                + " String hello; }"
                + "String name(In in) { return in.getName(); } }"
                + "abstract class Base<T> implements RequestHandler<T, Handler.Out> {"
                + " abstract String name(T in);"
                + " public Handler.Out handleRequest(T in, Context c) {"
                + "  Handler.Out out = new Handler.Out(); out.hello = name(in); return out; }"));

    assertThat(text(server.invoke("objects", "{\"name\":\"Ada\"}")))
        .isEqualTo("{\"hello\":\"Ada\"}");
  }

  @Test
  void aMethodIsNamedAfterTwoColonsAndOneWithoutResultAnswersNull() {
    server.create(
        "method",
        HandlerZip.of("", "public void note(String in) { System.out.println(in); }"),
        request -> request.handler("example.Handler::note"));

    InvokeResponse answer =
        server.invoke("method", "\"heard\"", request -> request.logType(LogType.TAIL));

    assertThat(text(answer)).isEqualTo("null");
    assertThat(log(answer)).contains("heard\n");
  }

  @Test
  void anEventClassOfTheLibraryInLibIsFilled() throws IOException {
    byte[] events = Files.readAllBytes(HandlerZip.eventsJar());
    server.create(
        "events",
        HandlerZip.with(
            "lib/aws-lambda-java-events.jar",
            events,
            HandlerZip.of(
                "implements RequestHandler<"
                    + "com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent, String>",
                "public String handleRequest("
                    + "com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent in,"
                    + " Context c) {return in.getRequestContext().getHttp().getMethod();}")));

    assertThat(
            text(server.invoke("events", "{\"requestContext\":{\"http\":{\"method\":\"GET\"}}}")))
        .isEqualTo("\"GET\"");
  }

  @Test
  void theContextTellsOfTheInvocation() {
    server.create(
        "context",
        HandlerZip.of(
            "implements RequestHandler<Object, String>",
            "public String handleRequest(Object in, Context c) {"
                + "int left = c.getRemainingTimeInMillis();"
                + "c.getLogger().log(\"logged\\n\");"
                + "return c.getFunctionName() + ' ' + c.getFunctionVersion() + ' '"
                + "+ c.getMemoryLimitInMB() + ' ' + (left > 5000 && left <= 10000) + ' '"
                + "+ c.getInvokedFunctionArn() + ' ' + c.getLogGroupName(); }"));

    assertThat(text(server.invoke("context", "{}")))
        .isEqualTo(
            "\"context $LATEST 256 true arn:aws:lambda:us-east-1:123456789012:function:context"
                + " /aws/lambda/context\"");
  }

  @Test
  void theContextTellsWhatTheClientSaysOfItself() {
    server.create(
        "mobile",
        HandlerZip.of(
            "implements RequestHandler<Object, String>",
            "public String handleRequest(Object in, Context c) {"
                + "ClientContext said = c.getClientContext();"
                + "return said == null ? \"nothing\" : said.getCustom().get(\"x\")"
                + " + said.getClient().getAppTitle() + said.getEnvironment(); }"));

    String said =
        "eyJjdXN0b20iOnsieCI6IsO8XG4ifSwiY2xpZW50Ijp7ImFwcF90aXRsZSI6IkEifSwiZW52Ijp7ImwiOiJkZSJ9fQ==";
    assertThat(text(server.invoke("mobile", "{}", it -> it.clientContext(said))))
        .isEqualTo("\"ü\\nA{l=de}\"");
    assertThat(text(server.invoke("mobile", "{}"))).isEqualTo("\"nothing\"");
    for (String wrong : new String[] {"%%%", "W10="}) {
      assertThatThrownBy(() -> server.invoke("mobile", "{}", it -> it.clientContext(wrong)))
          .isInstanceOf(InvalidRequestContentException.class)
          .hasMessageContaining("Client context must be a valid Base64-encoded JSON object.");
    }
    assertThatThrownBy(
            () -> server.invoke("mobile", "{}", it -> it.clientContext("e30=".repeat(900))))
        .hasMessageContaining("at 'clientContext' failed to satisfy constraint");
  }

  @Test
  void whatTheHandlerThrowsIsTheErrorAndTheProcessServesOn() {
    server.create(
        "thrower",
        HandlerZip.stream(
            "if (in.read() == 'x') return; if (count++ > 0) { out.write(\"2\".getBytes()); return; }"
                + "throw new IllegalStateException(\"no \\\"luck\\\"\", new IOException(\"why\"));}"
                + " static int count; {"));

    InvokeResponse answer = server.invoke("thrower", "{}");

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(text(answer))
        .startsWith(
            "{\"errorMessage\":\"no \\\"luck\\\"\",\"errorType\":\"java.lang.IllegalStateException\","
                + "\"stackTrace\":[\"example.Handler.handleRequest(Handler.java:")
        .contains("\"cause\":{\"errorMessage\":\"why\",\"errorType\":\"java.io.IOException\"")
        .doesNotContain("dev.gatehouse");
    assertThat(text(server.invoke("thrower", "{}"))).isEqualTo("2");
  }

  @Test
  void aProcessThatExitsFailsTheInvocationAndIsReplaced() {
    server.create(
        "exiter",
        HandlerZip.stream("if (in.read() == '1') System.exit(1); out.write(\"0\".getBytes());"));

    InvokeResponse answer = server.invoke("exiter", "1");

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(text(answer))
        .matches(
            "\\{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: [0-9a-f-]{36}"
                + " Error: Runtime exited with error: exit status 1\"}");
    assertThat(text(server.invoke("exiter", "2"))).isEqualTo("0");
  }

  @Test
  void aClassThatIsNotThereFailsTheStart() {
    server.create(
        "nowhere", HandlerZip.stream(""), request -> request.handler("example.Elsewhere"));

    InvokeResponse answer = server.invoke("nowhere", "{}");

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(text(answer))
        .isEqualTo(
            "{\"errorMessage\":\"Class not found: example.Elsewhere\","
                + "\"errorType\":\"java.lang.ClassNotFoundException\"}");
  }

  @Test
  void aConstructorThatThrowsFailsTheStartWithItsError() {
    server.create(
        "constructor",
        HandlerZip.of(
            "implements RequestStreamHandler",
            "public Handler() { throw new IllegalArgumentException(\"bad setup\"); }"
                + "public void handleRequest(InputStream in, OutputStream out, Context c) {}"));

    assertThat(text(server.invoke("constructor", "{}")))
        .startsWith(
            "{\"errorMessage\":\"bad setup\",\"errorType\":\"java.lang.IllegalArgumentException\"");
  }

  @Test
  void aStartThatExitsFailsTheInvocation() {
    server.create(
        "start-exit",
        HandlerZip.of(
            "implements RequestStreamHandler",
            "static { System.exit(3); }"
                + "public void handleRequest(InputStream in, OutputStream out, Context c) {}"));

    assertThat(text(server.invoke("start-exit", "{}")))
        .contains("Runtime.ExitError", "exit status 3");
  }

  @Test
  void anAnswerOverTheLimitIsAnErrorAndTheProcessServesOn() {
    server.create(
        "big",
        HandlerZip.stream("out.write(new byte[Integer.parseInt(new String(in.readAllBytes()))]);"));

    assertThat(server.invoke("big", "6291556").payload().asByteArrayUnsafe()).hasSize(6291556);
    InvokeResponse answer = server.invoke("big", "6291557");

    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(text(answer))
        .isEqualTo(
            "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"Response payload"
                + " size exceeded maximum allowed payload size (6291556 bytes).\"}");
    assertThat(server.invoke("big", "10").payload().asByteArrayUnsafe()).hasSize(10);
  }

  @Test
  void anEventOverTheLimitIsRefused() {
    server.create(
        "full", HandlerZip.stream("out.write((\"\" + in.readAllBytes().length).getBytes());"));

    assertThat(text(server.invoke("full", "\"" + "a".repeat(6291454) + "\""))).isEqualTo("6291456");
    assertThatThrownBy(() -> server.invoke("full", "\"" + "a".repeat(6291455) + "\""))
        .isInstanceOf(RequestTooLargeException.class)
        .hasMessageContaining(
            "6291457 byte payload is too large for the RequestResponse invocation type (limit"
                + " 6291456 bytes)");
  }

  @Test
  void anEventThatIsNotJsonIsRefused() {
    server.create("json", HandlerZip.stream(""));

    assertThatThrownBy(() -> server.invoke("json", "{oops"))
        .isInstanceOf(InvalidRequestContentException.class)
        .hasMessageContaining("Could not parse request body into json")
        .hasMessageNotContaining("Source");
    assertThatThrownBy(() -> server.invoke("json", "1 2"))
        .isInstanceOf(InvalidRequestContentException.class);
  }

  @Test
  void twoEventsRunAtOnceInTwoProcesses() throws Exception {
    Path meeting = Files.createDirectory(data.resolve("meeting"));
    server.create(
        "meet",
        HandlerZip.stream(
            "Path dir = Path.of(System.getenv(\"MEETING\"));"
                + "Files.createFile(dir.resolve(ProcessHandle.current().pid() + \"\"));"
                + "while (dir.toFile().list().length < 2)"
                + " try { Thread.sleep(5); } catch (InterruptedException e) { return; }"
                + "out.write((ProcessHandle.current().pid() + \"\").getBytes());"),
        request -> request.environment(e -> e.variables(Map.of("MEETING", meeting.toString()))));

    FutureTask<String> first = new FutureTask<>(() -> text(server.invoke("meet", "{}")));
    FutureTask<String> second = new FutureTask<>(() -> text(server.invoke("meet", "{}")));
    Thread.startVirtualThread(first);
    Thread.startVirtualThread(second);

    assertThat(first.get()).matches("[0-9]+").isNotEqualTo(second.get());
  }

  @Test
  void aWarmProcessIsUsedAgain() {
    server.create(
        "warm", HandlerZip.stream("out.write((ProcessHandle.current().pid() + \"\").getBytes());"));

    String first = text(server.invoke("warm", "{}"));

    for (int i = 0; i < 20; i++) {
      assertThat(text(server.invoke("warm", "{}"))).isEqualTo(first);
    }
  }

  @Test
  void theEnvironmentIsTheFunctionsOwn() {
    server.create(
        "environment",
        HandlerZip.of(
            "implements RequestHandler<Object, Map<String, String>>",
            "public Map<String, String> handleRequest(Object in, Context c) {"
                + " return new TreeMap<>(System.getenv()); }"),
        request -> request.environment(e -> e.variables(Map.of("STAGE", "test \u00e9 'x'"))));

    String environment = text(server.invoke("environment", "{}"));

    assertThat(environment)
        .contains("\"STAGE\":\"test \u00e9 'x'\"")
        .contains("\"AWS_ACCESS_KEY_ID\":\"ASIATEST\"")
        .contains("\"AWS_SECRET_ACCESS_KEY\":\"a-secret\"")
        .contains("\"AWS_SESSION_TOKEN\":\"a-token\"")
        .contains("\"AWS_REGION\":\"us-east-1\"", "\"AWS_DEFAULT_REGION\":\"us-east-1\"")
        .contains("\"AWS_ENDPOINT_URL\":\"http://127.0.0.1:4567\"")
        .contains("\"AWS_LAMBDA_FUNCTION_NAME\":\"environment\"")
        .contains("\"AWS_LAMBDA_FUNCTION_MEMORY_SIZE\":\"256\"")
        .contains("\"_HANDLER\":\"example.Handler\"")
        .doesNotContain("\"HOME\":\"" + System.getenv("HOME") + "\"", "\"USER\"", "\"JAVA_HOME\"");
  }

  @Test
  void theProcessRunsInItsCodeAndInheritsNoDescriptor() {
    server.create(
        "place",
        HandlerZip.of(
            "implements RequestHandler<Object, Object>",
            "public Object handleRequest(Object in, Context c) throws RuntimeException {"
                + " Set<String> open = new TreeSet<>();"
                + " for (File f : new File(\"/proc/self/fd\").listFiles()) try {"
                + "  open.add(Files.readSymbolicLink(f.toPath()).toString()); }"
                + "  catch (IOException gone) { }"
                + " return List.of(Path.of(\"\").toAbsolutePath().toString()"
                + "  .equals(System.getenv(\"LAMBDA_TASK_ROOT\")), open); }"));

    String answer = text(server.invoke("place", "{}"));

    assertThat(answer).startsWith("[true,").doesNotContain("gatehouse.db");
  }

  @Test
  void theTailOfTheLogHasTheFrameOfAws() {
    server.create(
        "logger", HandlerZip.stream("System.out.println(\"one\"); System.err.print(\"two\");"));

    server.invoke("logger", "{}");
    String log = log(server.invoke("logger", "{}", request -> request.logType(LogType.TAIL)));

    assertThat(log)
        .matches(
            "START RequestId: ([0-9a-f-]{36}) Version: \\$LATEST\none\ntwo\n?"
                + "END RequestId: \\1\nREPORT RequestId: \\1\tDuration: [0-9.]+ ms\tBilled Duration:"
                + " [0-9]+ ms\tMemory Size: 256 MB\tMax Memory Used: [1-9][0-9]* MB\t\n");
  }

  @Test
  void theTailIsTheLastFourKilobytesOfALongLog() {
    server.create(
        "chatter",
        HandlerZip.stream("for (int i = 0; i < 20000; i++) System.out.println(\"line \" + i);"));

    String log = log(server.invoke("chatter", "{}", request -> request.logType(LogType.TAIL)));

    assertThat(log).hasSize(4096).contains("line 19999\nEND RequestId").contains("Init Duration");
  }

  @Test
  void dryRunEventAndRequestResponseHaveTheirStatuses() throws Exception {
    Path note = data.resolve("note");
    server.create(
        "kinds",
        HandlerZip.stream("Files.write(Path.of(System.getenv(\"NOTE\")), in.readAllBytes());"),
        request -> request.environment(e -> e.variables(Map.of("NOTE", note.toString()))));

    int dry =
        server.invoke("kinds", "{}", r -> r.invocationType(InvocationType.DRY_RUN)).statusCode();
    assertThat(dry).isEqualTo(204);
    assertThat(note).doesNotExist();
    int event =
        server.invoke("kinds", "[1]", r -> r.invocationType(InvocationType.EVENT)).statusCode();
    assertThat(event).isEqualTo(202);
    Eventually.holds("the event was run", () -> Files.exists(note) && Files.size(note) == 3);
    assertThat(server.invoke("kinds", "[2]").statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownFunctionOrQualifierIsNotFound() {
    server.create("known", HandlerZip.stream("in.transferTo(out);"));

    assertThat(server.invoke("known:$LATEST", "1").statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> server.invoke("unknown", "{}"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining(
            "Function not found: arn:aws:lambda:us-east-1:123456789012:function:unknown");
    assertThatThrownBy(() -> server.invoke("known", "{}", r -> r.qualifier("live")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("function:known:live");
  }

  private static String text(InvokeResponse answer) {
    return answer.payload().asUtf8String();
  }

  private static String log(InvokeResponse answer) {
    return new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
  }

  @Test
  void namesBelowLocalhostLeadHereOnEveryJdk() {
    byte[] code =
        HandlerZip.stream(
            "var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName(\"127.0.0.1\"));"
                + "new java.net.Socket(\"api.execute-api.LOCALHOST\", socket.getLocalPort()).close();"
                + "String other = \"known\";"
                + "try { java.net.InetAddress.getByName(\"no.such.name.invalid\"); }"
                + "catch (java.net.UnknownHostException e) { other = \"unknown\"; }"
                + "out.write((java.net.InetAddress.getByName(\"b.s3.localhost\").isLoopbackAddress()"
                + " + other).getBytes());");
    assertThat(server.available("java")).contains("java25");
    for (String runtime : server.available("java")) {
      server.create("names-" + runtime, code, it -> it.runtime(runtime));
      assertThat(text(server.invoke("names-" + runtime, "{}")))
          .as(runtime)
          .isEqualTo("trueunknown");
    }
  }
}
