package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Guard;
import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Guards that are slow, throw, die, are gone or may not be asked: nobody gets through. */
class LambdaAuthorizerFailuresIT {
  private static final String TOKEN = "\"identitySource\":[\"$request.header.Authorization\"]";
  private static final String VERSION_1 = "\"authorizerPayloadFormatVersion\":\"1.0\"";
  private static final String VERSION_2 = "\"authorizerPayloadFormatVersion\":\"2.0\"";
  private static final String SIMPLE = VERSION_2 + ",\"enableSimpleResponses\":true";
  private static final String INTERNAL = "{\"message\":\"Internal Server Error\"}";

  /** What a test asks of an API whose only route is guarded. */
  private interface Questions {
    void ask(RunningGatehouse gw, HttpApi api) throws Exception;
  }

  /** The function of a guard. */
  private interface Function {
    String arn(RunningGatehouse gw) throws Exception;
  }

  private static void withGuard(Function guard, String version, Questions questions)
      throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String id = api.request(guard.arn(gw), version, TOKEN);
        api.guard("GET /x", api.url(backend.url()), "CUSTOM", id).serve();
        questions.ask(gw, api);
        assertThat(backend.idle()).as("nothing got through").isTrue();
      }
    });
  }

  private static Reply get(HttpApi api, String... order) throws IOException {
    String target = order.length > 1 ? order[1] : "/x";
    return api.get(target, "Authorization: t", order[0]);
  }

  private static void assertInternal(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(500);
    assertThat(reply.text()).isEqualTo(INTERNAL);
    assertThat(reply.header("content-type")).contains("application/json");
  }

  @Test
  void aGuardThatThrowsOrDies() throws Exception {
    withGuard(
        ProbeFunction::guardArn,
        SIMPLE,
        (gw, api) -> {
          assertInternal(get(api, "X-Throw: no"));
          assertInternal(get(api, "X-Throw: Unauthorized"));
        });
    withGuard(
        ProbeFunction::arn, SIMPLE, (gw, api) -> assertInternal(get(api, "X-Y: z", "/x?exit=1")));
  }

  /** The one error that is an answer, in format 1.0 only [U]. */
  @Test
  void unauthorizedAsThrownIn1() throws Exception {
    withGuard(
        ProbeFunction::guardArn,
        VERSION_1,
        (gw, api) -> {
          Reply reply = get(api, "X-Throw: Unauthorized");
          assertThat(reply.status()).as("%s", reply).isEqualTo(401);
          assertThat(reply.text()).isEqualTo("{\"message\":\"Unauthorized\"}");
          assertInternal(get(api, "X-Throw: unauthorized"));
        });
  }

  @Test
  void aGuardThatAnswersInTheOtherForm() throws Exception {
    String policy =
        "{\"principalId\":\"u\",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":"
            + "[{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"*\"}]}}";
    String simple = "{\"isAuthorized\":true}";
    withGuard(
        ProbeFunction::guardArn,
        SIMPLE,
        (gw, api) -> {
          for (String answer :
              List.of(
                  policy, "{\"isAuthorized\":\"true\"}", "{\"isAuthorized\":1}", "[]", "x", "")) {
            assertInternal(get(api, LambdaAuthorizersIT.answer(answer)));
          }
        });
    for (String version : List.of(VERSION_1, VERSION_2)) {
      withGuard(
          ProbeFunction::guardArn,
          version,
          (gw, api) -> {
            for (String answer :
                List.of(
                    simple,
                    policy.replace("\"principalId\":\"u\",", ""),
                    policy.replace("Allow", "allow"),
                    policy.replace("\"Version\"", "\"Statement\":[],\"Version\""),
                    "{\"principalId\":\"u\"}")) {
              assertInternal(get(api, LambdaAuthorizersIT.answer(answer)));
            }
          });
    }
  }

  @Test
  void aGuardThatIsGoneOrMayNotBeAsked() throws Exception {
    withGuard(
        gw -> {
          try (LambdaClient lambda = gw.lambda()) {
            return Functions.create(lambda, "closed-guard", Guard.class, 20);
          }
        },
        SIMPLE,
        (gw, api) -> {
          AccessLog log =
              AccessLog.of(gw, api, "$context.authorizer.error|$context.status $context.requestId");
          assertInternal(get(api, "X-Y: z"));
          try (LambdaClient lambda = gw.lambda()) {
            lambda.deleteFunction(function -> function.functionName("closed-guard"));
          }
          assertInternal(get(api, "X-Y: z"));
          List<String> lines = log.lines(2);
          assertThat(lines.getFirst())
              .startsWith(
                  "The IAM role configured on the authorizer or API Gateway doesn't have permissions"
                      + " to call the authorizer. Check the permissions and try again.|500 ");
          assertThat(lines.getLast()).contains("does not exist|500 ");
        });
  }

  @Test
  void aGuardThatOutlivesItsOwnTimeout() throws Exception {
    withGuard(
        gw -> {
          try (LambdaClient lambda = gw.lambda()) {
            String arn = Functions.create(lambda, "hasty-guard", Guard.class, 1);
            Functions.open(lambda, "hasty-guard");
            return arn;
          }
        },
        SIMPLE,
        (gw, api) -> assertInternal(get(api, "X-Sleep: 8000")));
  }

  @Test
  void aGuardIsWaitedForTenSeconds() throws Exception {
    withGuard(
        ProbeFunction::guardArn,
        SIMPLE,
        (gw, api) -> {
          long start = System.nanoTime();
          assertInternal(get(api, "X-Sleep: 15000"));
          assertThat(Duration.ofNanos(System.nanoTime() - start))
              .isBetween(Duration.ofMillis(9_900), Duration.ofSeconds(13));
        });
  }
}
