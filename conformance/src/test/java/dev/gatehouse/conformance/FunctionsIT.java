package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.function.Surroundings;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;

/** Functions through the Lambda API. */
class FunctionsIT {
  @TempDir Path directory;

  @Test
  void aFunctionIsCreatedOnceAndDeleted() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        String arn = Functions.create(lambda, "life", Probe.class, 7);
        assertThat(arn).matches("arn:aws:lambda:us-east-1:\\d{12}:function:life");
        FunctionConfiguration is = lambda.getFunction(r -> r.functionName("life")).configuration();
        assertThat(is.timeout()).isEqualTo(7);
        assertThat(is.memorySize()).isEqualTo(128);
        assertThat(is.version()).isEqualTo("$LATEST");
        assertThat(is.handler()).isEqualTo(Probe.class.getName());
        assertThat(is.codeSha256()).isNotBlank();
        assertThat(lambda.getFunction(r -> r.functionName(arn)).configuration().functionArn())
            .isEqualTo(arn);
        assertThatThrownBy(() -> lambda.createFunction(Functions.request("life", Probe.class, 7)))
            .isInstanceOf(ResourceConflictException.class);
        lambda.deleteFunction(r -> r.functionName("life"));
        assertThatThrownBy(() -> lambda.getFunction(r -> r.functionName("life")))
            .isInstanceOf(ResourceNotFoundException.class)
            .hasMessageContaining("Function not found: " + arn);
      }
    });
  }

  @Test
  void whatAHandlerThrowsIsReportedWithItsLog() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        Functions.create(lambda, "throws", Probe.class, 20);
        InvokeResponse answer =
            lambda.invoke(r ->
                r.functionName("throws")
                    .logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String("{\"rawQueryString\":\"throw=no\"}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.functionError()).isEqualTo("Unhandled");
        JsonNode error = Reply.parse(answer.payload().asUtf8String());
        assertThat(error.path("errorMessage").asString()).isEqualTo("no");
        assertThat(error.path("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.path("stackTrace").toString()).contains("Probe.handleRequest");
        String log =
            new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8);
        assertThat(log).contains("START RequestId: ", "END RequestId: ", "REPORT RequestId: ");
        lambda.deleteFunction(r -> r.functionName("throws"));
      }
    });
  }

  @Test
  void aFunctionIsGivenWhatAwsGives() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        String arn = Functions.create(lambda, "around", Surroundings.class, 20);
        JsonNode given = invoke(lambda, "around");
        assertThat(given.path("AWS_REGION").asString()).isEqualTo("us-east-1");
        assertThat(given.path("AWS_LAMBDA_FUNCTION_NAME").asString()).isEqualTo("around");
        assertThat(given.path("AWS_ENDPOINT_URL").asString()).endsWith(":" + gw.port());
        assertThat(given.path("AWS_ACCESS_KEY_ID").asString()).startsWith("ASIA");
        assertThat(given.path("AWS_SECRET_ACCESS_KEY").asString())
            .isNotBlank()
            .isNotEqualTo("test");
        assertThat(given.path("AWS_SESSION_TOKEN").asString()).isNotBlank();
        assertThat(given.path("context.functionName").asString()).isEqualTo("around");
        assertThat(given.path("context.arn").asString()).isEqualTo(arn);
        assertThat(Integer.parseInt(given.path("context.remaining").asString()))
            .isBetween(1, 20_000);
        assertThat(invoke(lambda, "around").path("pid")).isEqualTo(given.path("pid"));
        lambda.deleteFunction(r -> r.functionName("around"));
      }
    });
  }

  private static JsonNode invoke(LambdaClient lambda, String name) {
    InvokeResponse answer =
        lambda.invoke(r -> r.functionName(name).payload(SdkBytes.fromUtf8String("{}")));
    assertThat(answer.functionError()).as(answer.payload().asUtf8String()).isNull();
    return Reply.parse(answer.payload().asUtf8String());
  }

  @Test
  void noFunctionOutlivesItsServer() throws Exception {
    try (RunningGatehouse gw = RunningGatehouse.start(directory.resolve("data"));
        LambdaClient lambda = gw.lambda()) {
      Functions.create(lambda, "orphan", Surroundings.class, 20);
      assertGone(pid(lambda), gw::kill);
      gw.restart();
      assertGone(pid(lambda), gw::stop);
    }
  }

  private static long pid(LambdaClient lambda) {
    return Long.parseLong(invoke(lambda, "orphan").path("pid").asString());
  }

  /** A way to end the server. */
  private interface End {
    void now() throws Exception;
  }

  private static void assertGone(long pid, End end) throws Exception {
    ProcessHandle function = ProcessHandle.of(pid).orElseThrow();
    end.now();
    Eventually.eventually(
        "function process gone",
        Duration.ofSeconds(15),
        () -> function.isAlive() ? Optional.empty() : Optional.of(true));
  }
}
