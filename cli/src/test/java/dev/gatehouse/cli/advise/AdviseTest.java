package dev.gatehouse.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdviseTest {
  @TempDir private Path folder;

  private JsonNode advice(String definition) throws Exception {
    StringWriter out = new StringWriter();
    Path file = Files.writeString(folder.resolve("openapi.yaml"), definition);
    CommandLine command = new CommandLine(new AdviseCommand()).setOut(new PrintWriter(out));
    assertThat(command.execute(file.toString(), "--output", "json")).isZero();
    return new JsonMapper().readTree(out.toString());
  }

  private static List<String> whats(JsonNode advice) {
    return advice.path("needs").valueStream().map(need -> need.path("what").asString()).toList();
  }

  @Test
  void proxiesAndPreflightsNeedNoRestApi() throws Exception {
    JsonNode advice =
        advice(
            """
            openapi: 3.0.1
            paths:
              /items/{id}:
                get:
                  x-amazon-apigateway-integration: {type: AWS_PROXY, uri: "arn:aws:lambda"}
                options:
                  x-amazon-apigateway-integration: {type: mock}
            """);
    assertThat(whats(advice)).isEmpty();
    assertThat(advice.path("savedPercent").asInt()).isEqualTo(71);
  }

  @Test
  void whatOnlyRestApisDoIsNamedWithItsPlace() throws Exception {
    JsonNode advice =
        advice(
            """
            swagger: "2.0"
            x-amazon-apigateway-api-key-source: HEADER
            x-amazon-apigateway-endpoint-configuration: {types: [PRIVATE]}
            x-amazon-apigateway-policy: {}
            securityDefinitions:
              key: {type: apiKey, name: x-api-key, in: header}
              token:
                type: apiKey
                name: Authorization
                x-amazon-apigateway-authorizer: {type: token}
            paths:
              /items:
                post:
                  x-amazon-apigateway-request-validator: all
                  x-amazon-apigateway-integration: {type: aws, cacheNamespace: a}
                x-amazon-apigateway-any-method:
                  x-amazon-apigateway-integration: {type: http}
            """);
    assertThat(whats(advice))
        .contains("OpenAPI 2.0", "API keys and usage plans", "a private endpoint")
        .contains("a resource policy", "a TOKEN authorizer", "validation of requests", "caching");
    assertThat(advice.path("needs").valueStream().map(need -> need.path("where").asString()))
        .contains("POST /items", "ANY /items", "security key", "the document");
  }

  @Test
  void whatIsNoDefinitionIsRefusedInOneLine() throws Exception {
    StringWriter err = new StringWriter();
    Path file = Files.writeString(folder.resolve("other.yaml"), "a: 1");
    CommandLine command =
        new CommandLine(new AdviseCommand())
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler((failure, line, result) -> {
              line.getErr().println(failure.getMessage());
              return 1;
            });
    assertThat(command.execute(file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no member openapi or swagger").hasLineCount(1);
  }
}
