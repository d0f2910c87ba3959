package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.function.Surroundings;
import dev.gatehouse.conformance.rig.Archive;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Streamed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;
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

  /** Streams, fails half way or before, or answers as a whole. */
  private static final String STREAMS =
      """
      const { setTimeout: pause } = require('node:timers/promises');
      exports.streamed = awslambda.streamifyResponse(async (mode, out) => {
        if (mode === 'early') throw new TypeError('too early');
        if (mode === 'headed') out = awslambda.HttpResponseStream.from(out, {statusCode: 202});
        out.write('first ');
        await pause(mode === 'long' ? 20000 : 50);
        if (mode === 'broken') throw new TypeError('half way');
        if (mode === 'exit') process.exit(3);
        if (mode === 'large') for (let i = 0; i < 100; i++) {
          if (!out.write(Buffer.alloc(65536, 'x'))) await new Promise(r => out.once('drain', r));
        }
        console.log('said ' + mode);
        out.end('last');
      });
      exports.whole = async mode => {
        if (mode === 'fails') throw new TypeError('no');
        return 'x'.repeat(mode);
      };
      """;

  @Test
  void whatAFunctionStreamsComesAsEventsWhileItIsWritten() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          LambdaAsyncClient streams = async(gw)) {
        byte[] zip = Archive.of(Map.of("index.js", STREAMS));
        String node = Functions.installed("node");
        Functions.create(lambda, "streamed", node, "index.streamed", zip, Map.of());
        Functions.create(lambda, "whole", node, "index.whole", zip, Map.of());
        Streamed x = Streamed.of(streams, "streamed", "\"x\"");
        assertThat(x.head().executedVersion()).isEqualTo("$LATEST");
        assertThat(x.head().responseStreamContentType())
            .isEqualTo("application/vnd.amazon.eventstream");
        assertThat(x.text()).isEqualTo("first last");
        assertThat(x.chunks()).hasSizeGreaterThan(1);
        assertThat(x.end().errorCode()).isNull();
        assertThat(x.log()).contains("START RequestId: ", "said x", "REPORT RequestId: ");
        assertThat(Streamed.of(streams, "streamed", "\"headed\"").text())
            .isEqualTo("{\"statusCode\":202}\0\0\0\0\0\0\0\0first last");
        assertThat(Streamed.of(streams, "streamed", "\"large\"").text()).hasSize(100 * 65536 + 10);
        assertThat(Streamed.of(streams, "whole", "200000").text())
            .isEqualTo('"' + "x".repeat(200_000) + '"');

        Streamed broken = Streamed.of(streams, "streamed", "\"broken\"");
        assertThat(broken.text()).isEqualTo("first ");
        assertThat(broken.end().errorCode()).isEqualTo("Unhandled");
        assertThat(broken.end().errorDetails()).contains("\"TypeError\"", "\"half way\"");
        assertThat(Streamed.of(streams, "streamed", "\"exit\"").end().errorCode())
            .isEqualTo("Runtime.TruncatedResponse");
        for (Streamed none :
            List.of(
                Streamed.of(streams, "streamed", "\"early\""),
                Streamed.of(streams, "whole", "\"fails\""))) {
          assertThat(none.text()).contains("\"errorType\":\"TypeError\"");
          assertThat(none.end().errorCode()).isEqualTo("Unhandled");
          assertThat(none.end().errorDetails()).isEqualTo(none.text());
        }
        lambda.deleteFunction(r -> r.functionName("streamed"));
        lambda.deleteFunction(r -> r.functionName("whole"));
      }
    });
  }

  @Test
  void aStreamedCallThatCannotBeCarriedOutIsRefusedAsInvokeIs() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          LambdaAsyncClient streams = async(gw)) {
        Functions.create(lambda, "unstreamed", Probe.class, 7);
        assertThatThrownBy(() -> Streamed.of(streams, "nobody", "1"))
            .hasCauseInstanceOf(ResourceNotFoundException.class)
            .hasMessageContaining("Function not found: ");
        assertThatThrownBy(() -> Streamed.of(streams, "unstreamed", "{"))
            .hasCauseInstanceOf(InvalidRequestContentException.class);
        lambda.putFunctionConcurrency(
            r -> r.functionName("unstreamed").reservedConcurrentExecutions(0));
        assertThatThrownBy(() -> Streamed.of(streams, "unstreamed", "{}"))
            .hasCauseInstanceOf(TooManyRequestsException.class);
        lambda.deleteFunction(r -> r.functionName("unstreamed"));
      }
    });
  }

  private static LambdaAsyncClient async(RunningGatehouse gw) {
    return LambdaAsyncClient.builder()
        .endpointOverride(gw.url())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(NettyNioAsyncHttpClient.builder())
        .overrideConfiguration(o -> o.retryStrategy(s -> s.maxAttempts(1)))
        .build();
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
