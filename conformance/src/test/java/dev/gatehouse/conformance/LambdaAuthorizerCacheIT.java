package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * How long what a guard said is in force, and for whom. The backend answers the invocation's id.
 */
class LambdaAuthorizerCacheIT {
  private static final String SIMPLE =
      "\"authorizerPayloadFormatVersion\":\"2.0\",\"enableSimpleResponses\":true";
  private static final String TOKEN = "\"identitySource\":[\"$request.header.Authorization\"]";
  private static final String MAPPING =
      "{\"append:header.x-invocation\":\"$context.authorizer.invocation\"}";

  /** What a test asks of an API with guarded routes {@code GET /a} and {@code GET /b}. */
  private interface Questions {
    void ask(RunningGatehouse gw, HttpApi api, String authorizer) throws Exception;
  }

  private static void withGuard(String sources, int ttl, Questions questions, String... stages)
      throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend =
              Backend.start(exchange ->
                  Backend.text(
                      exchange, 200, exchange.getRequestHeaders().getFirst("X-Invocation")));
          HttpApi api = HttpApi.create(gw)) {
        String guard =
            api.request(
                ProbeFunction.guardArn(gw),
                SIMPLE,
                sources,
                "\"authorizerResultTtlInSeconds\":" + ttl);
        String url = api.url(backend.url(), 30_000, MAPPING);
        api.guard("GET /a", url, "CUSTOM", guard).guard("GET /b", url, "CUSTOM", guard);
        questions.ask(
            gw, api.serve(stages.length == 0 ? new String[] {"$default"} : stages), guard);
      }
    });
  }

  /** The id of the invocation that let the request in. */
  private static String invocation(HttpApi api, String target, String... headers)
      throws IOException {
    Reply reply = api.get(target, headers);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.text();
  }

  @Test
  void oneAnswerIsForEveryRouteAndOneCaller() throws Exception {
    withGuard(
        TOKEN,
        300,
        (gw, api, id) -> {
          String first = invocation(api, "/a", "Authorization: t");
          assertThat(invocation(api, "/a", "authorization: t")).isEqualTo(first);
          assertThat(invocation(api, "/b?other=1", "Authorization: t")).isEqualTo(first);
          assertThat(invocation(api, "/a", "Authorization: u")).isNotEqualTo(first);
        });
  }

  @Test
  void theRouteMayBePartOfTheKeyAndValuesKeepApart() throws Exception {
    withGuard(
        "\"identitySource\":[\"$context.routeKey\",\"$request.header.a\",\"$request.querystring.b\"]",
        300,
        (gw, api, id) -> {
          assertThat(api.get("/a?b=1").status()).isEqualTo(401);
          assertThat(api.get("/a", "A: 1").status()).isEqualTo(401);
          assertThat(api.get("/a?b=", "A: 1").status()).isEqualTo(401);
          Set<String> invocations = ConcurrentHashMap.newKeySet();
          invocations.add(invocation(api, "/a?b=1,2", "A: 3"));
          invocations.add(invocation(api, "/a?b=2", "A: 3,1"));
          invocations.add(invocation(api, "/b?b=1,2", "A: 3"));
          assertThat(invocations).hasSize(3);
          assertThat(invocations).contains(invocation(api, "/b?b=1,2", "A: 3"));
        });
  }

  @Test
  void withoutALifetimeTheGuardIsAlwaysAsked() throws Exception {
    withGuard(
        TOKEN,
        0,
        (gw, api, id) ->
            assertThat(invocation(api, "/a", "Authorization: t"))
                .isNotEqualTo(invocation(api, "/a", "Authorization: t")));
  }

  @Test
  void anAnswerEndsWithItsLifetime() throws Exception {
    withGuard(
        TOKEN,
        1,
        (gw, api, id) -> {
          String first = invocation(api, "/a", "Authorization: t");
          Eventually.eventually(
              "the guard is asked again",
              Duration.ofSeconds(10),
              () ->
                  invocation(api, "/a", "Authorization: t").equals(first)
                      ? Optional.empty()
                      : Optional.of(true));
        });
  }

  @Test
  void stagesKeepTheirOwnAndOnlyTheirResetVoidsIt() throws Exception {
    withGuard(
        TOKEN,
        300,
        (gw, api, id) -> {
          String one = invocation(api, "/one/a", "Authorization: t");
          String two = invocation(api, "/two/a", "Authorization: t");
          assertThat(one).isNotEqualTo(two);
          for (String stage : List.of("one", "two")) {
            Reply changed =
                gw.control().patch(api.path("/stages/" + stage), "{\"description\":\"new\"}");
            assertThat(changed.status()).as("%s", changed).isEqualTo(200);
          }
          assertThat(gw.control().patch(api.path(""), "{\"name\":\"new\"}").status())
              .isEqualTo(200);
          assertThat(gw.control().delete(api.path("/stages/one/cache/authorizers")).status())
              .isEqualTo(204);
          assertThat(invocation(api, "/one/a", "Authorization: t")).isNotEqualTo(one);
          assertThat(invocation(api, "/two/a", "Authorization: t")).isEqualTo(two);
          assertThat(gw.control().get(api.path("/stages/one")).text())
              .doesNotContainIgnoringCase("reset");
        },
        "one",
        "two");
  }

  @Test
  void aChangedAuthorizerStartsAnewOnceItIsDeployed() throws Exception {
    withGuard(
        TOKEN,
        300,
        (gw, api, id) -> {
          String before = invocation(api, "/a", "Authorization: t");
          for (int ttl : new int[] {299, 300}) {
            String change = "{\"authorizerResultTtlInSeconds\":" + ttl + "}";
            Reply changed = gw.control().patch(api.path("/authorizers/" + id), change);
            assertThat(changed.status()).as("%s", changed).isEqualTo(200);
            assertThat(invocation(api, "/a", "Authorization: t")).isEqualTo(before);
            gw.control().create(api.path("/deployments"), "{\"stageName\":\"$default\"}");
            String after = invocation(api, "/a", "Authorization: t");
            assertThat(after).isNotEqualTo(before);
            before = after;
          }
          gw.control().create(api.path("/deployments"), "{\"stageName\":\"$default\"}");
          assertThat(invocation(api, "/a", "Authorization: t")).isEqualTo(before);
        });
  }

  @Test
  void aThousandAtOnceAreOneInvocation() throws Exception {
    withGuard(
        TOKEN,
        300,
        (gw, api, id) -> {
          invocation(api, "/a", "Authorization: warm");
          Set<String> invocations = ConcurrentHashMap.newKeySet();
          List<Future<Boolean>> clients = new ArrayList<>();
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
              clients.add(
                  threads.submit(() ->
                      invocations.add(invocation(api, "/a", "Authorization: t", "X-Sleep: 700"))));
            }
          }
          for (Future<Boolean> client : clients) {
            client.get();
          }
          assertThat(invocations).hasSize(1);
        });
  }
}
