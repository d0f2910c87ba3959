package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Functions behind Spring Cloud Function's adapter for AWS, as Maven packs them, unchanged. */
class SpringFunctionsIT {
  private static final Path SOURCES = Path.of("src/test/resources/functions/spring");
  private static final String ADAPTER =
      "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest";

  @TempDir Path directory;

  @Test
  void springsAdapterReadsEventsAndIsUnderstood() throws Exception {
    byte[] code = build();
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(create(lambda, "event", code)), "POST /pets/{pet}");
        api.routes(api.function(create(lambda, "message", code)), "POST /message");
        api.serve();

        Reply event = api.send("POST", "/pets/rex?q=a&q=b", "text", "Content-Type: text/plain");
        assertThat(event.status()).as("%s", event).isEqualTo(201);
        assertThat(event.text()).isEqualTo("POST:text");
        assertThat(event.header("x-pet")).contains("rex");
        assertThat(event.header("x-query")).contains("a,b");
        assertThat(event.header("x-route")).contains("POST /pets/{pet}");

        Reply message =
            api.send(
                "POST",
                "/message",
                "{\"name\":\"rex\",\"age\":3}",
                "Content-Type: application/json",
                "X-Ask: why");
        assertThat(message.status()).as("%s", message).isEqualTo(202);
        assertThat(message.json()).isEqualTo(Reply.parse("{\"name\":\"rex!\",\"age\":4}"));
        assertThat(message.header("x-asked")).contains("why");
        lambda.deleteFunction(r -> r.functionName("spring-event"));
        lambda.deleteFunction(r -> r.functionName("spring-message"));
      }
    });
  }

  private static String create(LambdaClient lambda, String function, byte[] code) {
    String name = "spring-" + function;
    Map<String, String> variables =
        Map.of("MAIN_CLASS", "pets.Application", "SPRING_CLOUD_FUNCTION_DEFINITION", function);
    String arn = Functions.create(lambda, name, "java25", ADAPTER, code, variables);
    Functions.open(lambda, name);
    return arn;
  }

  private byte[] build() throws Exception {
    copy(directory);
    Path maven = Path.of("../mvnw").toAbsolutePath();
    Program.Result built =
        Program.run(directory, Map.of(), maven.toString(), "-B", "-q", "package");
    assertThat(built.exit()).as(built.output()).isZero();
    return Archive.of(directory.resolve("target/classes"));
  }

  private static void copy(Path to) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = to.resolve(SOURCES.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
