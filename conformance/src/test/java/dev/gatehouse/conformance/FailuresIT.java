package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What a client sees of failures behind the gateway: statuses, bodies, and how soon. */
class FailuresIT {

  private static void assertInternalError(Reply reply) {
    assertFailure(reply, 500, "{\"message\":\"Internal Server Error\"}");
  }

  private static void assertUnavailable(Reply reply) {
    assertFailure(reply, 503, "{\"message\":\"Service Unavailable\"}");
  }

  private static void assertFailure(Reply reply, int status, String body) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.text()).isEqualTo(body);
    assertThat(reply.header("content-type")).contains("application/json");
    assertThat(reply.header("content-length")).contains("" + body.length());
    assertThat(reply.header("apigw-requestid").orElse("")).matches("[A-Za-z0-9_-]{15}=");
  }

  @Test
  @Vector("H64")
  void aDeadBackendIsUnavailable() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(Backend.dead()), "GET /x", "POST /x");
        api.serve();
        assertUnavailable(api.get("/x"));
        assertUnavailable(api.send("POST", "/x", "a body"));
      }
    });
  }

  @Test
  void aBackendThatAnswersTooLateIsUnavailable() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start(exchange -> await(end));
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url(), 300, "{}"), "GET /x");
        api.serve();
        long start = System.nanoTime();
        assertUnavailable(api.get("/x"));
        assertThat(millisSince(start)).isBetween(300L, 2_500L);
      } finally {
        end.countDown();
      }
    });
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  @Vector("H54")
  void aFunctionThatThrowsIsAnInternalError() throws Exception {
    withProbe(api -> assertInternalError(api.get("/x?throw=no")));
  }

  @Test
  void aFunctionThatExitsIsAnInternalErrorAndTheNextCallIsServed() throws Exception {
    withProbe(api -> {
      assertInternalError(api.get("/x?exit=3"));
      assertThat(api.get("/x").status()).isEqualTo(200);
    });
  }

  /** What a test asks of an API with the shared function. */
  private interface Questions {
    void ask(HttpApi api) throws Exception;
  }

  private static void withProbe(Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(ProbeFunction.arn(gw)), "$default");
        questions.ask(api.serve());
      }
    });
  }

  @Test
  @Vector("H57")
  void aFunctionPastTheIntegrationsTimeoutIsUnavailable() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String arn = ProbeFunction.arn(gw);
        api.routes(api.function(arn, 1_000), "GET /x");
        api.routes(api.function(arn), "GET /warm");
        api.serve();
        assertThat(api.get("/warm").status()).isEqualTo(200);
        long start = System.nanoTime();
        assertUnavailable(api.get("/x?sleep=2000"));
        assertThat(millisSince(start)).isBetween(1_000L, 1_900L);
      }
    });
  }

  @Test
  void aFunctionPastItsOwnTimeoutIsAnInternalError() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(Functions.create(lambda, "slow", Probe.class, 1)), "GET /x");
        Functions.open(lambda, "slow");
        api.serve();
        long start = System.nanoTime();
        assertInternalError(api.get("/x?sleep=20000"));
        assertThat(millisSince(start)).isBetween(1_000L, 10_000L);
        lambda.deleteFunction(r -> r.functionName("slow"));
      }
    });
  }

  @Test
  @Vector({"H55", "H56"})
  void aFunctionThatMayNotBeInvokedOrIsGoneIsAnInternalError() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.function(Functions.create(lambda, "closed", Probe.class, 3)), "GET /x");
        api.serve();
        assertInternalError(api.get("/x"));
        Functions.open(lambda, "closed");
        assertThat(api.get("/x").status()).isEqualTo(200);
        lambda.deleteFunction(r -> r.functionName("closed"));
        assertInternalError(api.get("/x"));
      }
    });
  }

  @Test
  @Vector("H58")
  void aBodyTooLargeForAFunctionIsRefused() throws Exception {
    withProbe(api -> {
      Reply reply = api.send("POST", "/x", new byte[7_000_000], "Content-Type: application/json");
      assertFailure(reply, 413, "{\"message\":\"Request Entity Too Large\"}");
    });
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
