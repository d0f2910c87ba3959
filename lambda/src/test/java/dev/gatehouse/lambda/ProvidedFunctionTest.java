package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.gatehouse.lambda.runtime.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Functions that bring their runtime along, and runtimes that are not here. */
class ProvidedFunctionTest {
  @TempDir static Path data;
  private static LambdaServer server;

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.contained(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The Runtime API out of a shell, as AWS's own tutorial has it. */
  private static final String SHELL =
      """
      #!/bin/sh
      set -eu
      base="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
      while :; do
        head=$(mktemp)
        event=$(curl -sS -D "$head" "$base/invocation/next")
        id=$(tr -d '\\r' <"$head" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
        curl -sS "$base/invocation/$id/response" -d "{\\"handler\\":\\"$_HANDLER\\",\\"event\\":$event}" >/dev/null
      done
      """;

  @Test
  void anExecutableBootstrapServesEvents() {
    server.create(
        "shell",
        Zip.executable("bootstrap", SHELL),
        it -> it.runtime("provided.al2023").handler("any.thing"));

    for (int i = 0; i < 3; i++) {
      assertThat(server.invoke("shell", "[" + i + "]").payload().asUtf8String())
          .isEqualTo("{\"handler\":\"any.thing\",\"event\":[" + i + "]}");
    }
  }

  @Test
  void theOfficialRuntimeInterfaceClientServesEvents() throws IOException {
    String bootstrap =
        """
        #!/bin/sh
        exec %s/bin/java -Djava.io.tmpdir="$TMPDIR" -cp "$LAMBDA_TASK_ROOT/lib/*:$LAMBDA_TASK_ROOT" %s "$_HANDLER"
        """
            .formatted(System.getProperty("java.home"), AWSLambda.class.getName());
    byte[] handler =
        HandlerZip.of(
            "implements RequestHandler<Map<String, Object>, Object>",
            "public Object handleRequest(Map<String, Object> in, Context c) {"
                + " if (in.containsKey(\"fail\")) throw new IllegalStateException(\"no\");"
                + " return List.of(in.get(\"a\"), c.getFunctionName()); }");
    Path[] jars =
        Stream.of(AWSLambda.class, LambdaLogger.class, PojoSerializer.class)
            .map(LambdaServer::jar)
            .toArray(Path[]::new);
    server.create(
        "official",
        Zip.executable("bootstrap", bootstrap, Zip.withJars(handler, jars)),
        it -> it.runtime("provided.al2023").handler("example.Handler").memorySize(512));

    for (int i = 0; i < 3; i++) {
      assertThat(server.invoke("official", "{\"a\":" + i + "}").payload().asUtf8String())
          .isEqualTo("[" + i + ",\"official\"]");
    }
    InvokeResponse failed = server.invoke("official", "{\"fail\":1}");
    assertThat(failed.functionError()).isEqualTo("Unhandled");
    assertThat(failed.payload().asUtf8String())
        .contains("\"errorMessage\":\"no\"", "\"errorType\":\"java.lang.IllegalStateException\"");
  }

  @Test
  void withoutABootstrapThereIsNoStart() {
    server.create(
        "empty", Zip.of("other", "x"), it -> it.runtime("provided.al2").handler("any.thing"));

    InvokeResponse answer = server.invoke("empty", "{}");
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.payload().asUtf8String())
        .contains(
            "\"errorType\":\"Runtime.InvalidEntrypoint\"", "Couldn't find valid bootstrap(s)");
  }

  /** As a Mac's owner finds it, or whoever builds for Graviton. */
  @Test
  void aBootstrapForAnotherMachineIsRefusedWithWhatToDo() {
    boolean here = System.getProperty("os.arch").equals("amd64");
    String foreign = here ? "arm64" : "x86_64";
    server.create(
        "foreign",
        Zip.executable("bootstrap", elf(here ? 0xb7 : 0x3e)),
        it -> it.runtime("provided.al2023").handler("any").architecturesWithStrings(foreign));

    InvokeResponse answer = server.invoke("foreign", "{}");
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.payload().asUtf8String())
        .contains("\"errorType\":\"Runtime.InvalidEntrypoint\"")
        .contains("The bootstrap is an executable for " + foreign + ", but this machine is ");
  }

  /** The beginning of an executable. */
  private static byte[] elf(int machine) {
    byte[] bytes = new byte[64];
    byte[] magic = {0x7f, 'E', 'L', 'F', 2, 1, 1};
    System.arraycopy(magic, 0, bytes, 0, magic.length);
    bytes[16] = 2;
    bytes[18] = (byte) machine;
    return bytes;
  }

  @Test
  void aRuntimeThatIsNotHereIsRefusedWithWhatToInstall() {
    Runtimes none = new Runtimes(Map::of);
    assertThat(none.lack("nodejs20.x"))
        .isEqualTo(
            "The runtime nodejs20.x is not available on this machine: install Node.js 20, from"
                + " Debian or from nodejs.org, or name it under runtimes.nodejs20.x in the"
                + " configuration of Gatehouse. Available are [].");
    assertThat(none.lack("python3.12")).contains("install Python 3.12, ");
    assertThat(none.lack("java21")).contains("install a JDK 21, ");
    assertThatThrownBy(() -> server.create("old", echo(), it -> it.runtime("java8.al2")))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("java8.al2 is not available on this machine: name a JDK from 17 on")
        .hasMessageContaining("provided.al2023");
    assertThatThrownBy(() -> server.create("ruby", echo(), it -> it.runtime("ruby3.3")))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("Gatehouse runs functions in Java, Node.js, Python");
    assertThatThrownBy(() -> server.create("odd", echo(), it -> it.runtime("cobol")))
        .isInstanceOf(InvalidParameterValueException.class)
        .hasMessageContaining("Value cobol at 'runtime' failed to satisfy constraint");
  }

  private static byte[] echo() {
    return Zip.of("a", "1");
  }
}
