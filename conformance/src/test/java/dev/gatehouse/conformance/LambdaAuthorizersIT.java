package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Routes that a function guards; what it answers comes with the request. */
class LambdaAuthorizersIT {
  private static final String TOKEN = "Authorization: t";
  private static final String SOURCE = "\"identitySource\":[\"$request.header.Authorization\"]";

  /** What a test asks of an API whose routes are guarded. */
  private interface Questions {
    void ask(Control control, HttpApi api, String authorizer) throws Exception;
  }

  private static void withGuard(boolean simple, int ttl, Questions questions, String... keys)
      throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String authorizer =
            gw.control()
                .create(
                    api.path("/authorizers"),
                    """
                    {"name":"g","authorizerType":"REQUEST","authorizerUri":
                      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/%s/invocations",
                     "identitySource":["$request.header.Authorization"],
                     "authorizerPayloadFormatVersion":"2.0","enableSimpleResponses":%s,
                     "authorizerResultTtlInSeconds":%d}\
                    """
                        .formatted(ProbeFunction.guardArn(gw), simple, ttl))
                .path("authorizerId")
                .asString();
        String echo = api.function(ProbeFunction.arn(gw));
        for (String key : keys) {
          gw.control()
              .create(
                  api.path("/routes"),
                  """
                  {"routeKey":"%s","target":"integrations/%s","authorizationType":"CUSTOM",
                   "authorizerId":"%s"}\
                  """
                      .formatted(key, echo, authorizer));
        }
        questions.ask(gw.control(), api.serve(), authorizer);
      }
    });
  }

  /** The header that makes the guard answer so. */
  static String answer(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return "X-Answer: " + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static JsonNode authorizer(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.json().at("/requestContext/authorizer");
  }

  private static void assertMessage(Reply reply, int status, String message) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.text()).isEqualTo("{\"message\":\"" + message + "\"}");
  }

  @Test
  void anArnOver1600BytesIsRefusedWhereARouteIsGuarded() throws Exception {
    withGuard(
        true,
        0,
        (control, api, authorizer) -> {
          Reply fits = api.get("/" + "a".repeat(1_500), "Authorization: t", answer("{}"));
          assertMessage(fits, 500, "Internal Server Error");
          assertMessage(
              api.get("/" + "a".repeat(1_600), "Authorization: t"), 414, "Request URI Too Long");
        },
        "GET /{any}");
  }

  @Test
  @Vector({"H91", "H92", "H93", "H94", "H95"})
  void simpleAnswersDecide() throws Exception {
    withGuard(
        true,
        0,
        (control, api, id) -> {
          String allow = "{\"isAuthorized\":true";
          assertMessage(api.get("/x", answer(allow + "}")), 401, "Unauthorized");
          assertMessage(api.get("/x", TOKEN, answer("{\"isAuthorized\":false}")), 403, "Forbidden");
          assertThat(authorizer(api.get("/x", TOKEN, answer(allow + "}"))).toString())
              .isEqualTo("{\"lambda\":null}");
          String context = "{\"n\":1,\"s\":\"v\"}";
          assertThat(
                  authorizer(api.get("/x", TOKEN, answer(allow + ",\"context\":" + context + "}")))
                      .path("lambda")
                      .toString())
              .isEqualTo(context);
          assertMessage(api.get("/x", TOKEN, answer("{}")), 500, "Internal Server Error");
        },
        "GET /x");
  }

  @Test
  @Vector("H96")
  void theGuardSeesTheRequestWithoutItsBody() throws Exception {
    withGuard(
        true,
        0,
        (control, api, id) -> {
          JsonNode event =
              authorizer(api.send("POST", "/lambda", "hello", TOKEN)).at("/lambda/event");
          assertThat(event.path("routeArn").asString())
              .isEqualTo(
                  "arn:aws:execute-api:us-east-1:"
                      + event.at("/requestContext/accountId").asString()
                      + ":"
                      + api.id()
                      + "/$default/POST/lambda");
          assertThat(event.path("identitySource").toString()).isEqualTo("[\"t\"]");
          assertThat(event.has("body")).isFalse();
        },
        "POST /lambda");
  }

  @Test
  @Vector("H97")
  void aKeptPolicyIsHeldAgainstOtherRoutesUntilTheCacheIsReset() throws Exception {
    String policy =
        """
        {"principalId":"u","policyDocument":{"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"%s"}]}}\
        """;
    withGuard(
        false,
        300,
        (control, api, id) -> {
          String one = policy.formatted("arn:aws:execute-api:*:*:" + api.id() + "/*/GET/a");
          assertThat(api.get("/a", TOKEN, answer(one)).status()).isEqualTo(200);
          String all = answer(policy.formatted("*"));
          assertMessage(api.get("/b", TOKEN, all), 403, "Forbidden");
          assertThat(control.delete(api.path("/stages/$default/cache/authorizers")).status())
              .isEqualTo(204);
          assertThat(api.get("/b", TOKEN, all).status()).isEqualTo(200);
        },
        "GET /a",
        "GET /b");
  }

  @Test
  @Vector({"K63c", "K63d"})
  void anAuthorizerInUseStaysUntilItsRouteLetsGo() throws Exception {
    withGuard(
        true,
        0,
        (control, api, id) -> {
          Reply refused = control.delete(api.path("/authorizers/" + id));
          assertThat(refused.status()).isEqualTo(409);
          assertThat(refused.json().path("message").asString())
              .startsWith("Cannot delete authorizer 'g', is referenced in route: GET /pets");
          String route = control.get(api.path("/routes")).json().at("/items/0/routeId").asString();
          assertThat(
                  control
                      .patch(api.path("/routes/" + route), "{\"authorizationType\":\"NONE\"}")
                      .status())
              .isEqualTo(200);
          assertThat(control.delete(api.path("/authorizers/" + id)).status()).isEqualTo(204);
        },
        "GET /pets");
  }

  @Test
  void payload1IsToldFlatAndTheGuardOfFormat1SeesItsOwnMembers() throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        String guard =
            api.request(
                ProbeFunction.guardArn(gw),
                "\"authorizerPayloadFormatVersion\":\"1.0\"",
                "\"identitySource\":[\"$request.header.Authorization\",\"$stageVariables.env\"]",
                "\"authorizerResultTtlInSeconds\":0");
        String wrapper =
            api.integration(
                """
                {"integrationType":"AWS_PROXY","integrationUri":"%s","payloadFormatVersion":"1.0"}\
                """
                    .formatted(ProbeFunction.wrapperArn(gw)));
        api.guard("GET /x/{id}", wrapper, "CUSTOM", guard).serve("prod");
        assertMessage(api.get("/prod/x/1", TOKEN), 401, "Unauthorized");
        String variables = "{\"stageVariables\":{\"env\":\"e\"}}";
        assertThat(gw.control().patch(api.path("/stages/prod"), variables).status()).isEqualTo(200);
        String allow =
            """
            {"principalId":"user-1","context":{"n":1,"b":true,"s":"v"},"policyDocument":{
             "Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:*",
             "Resource":"arn:aws:execute-api:us-east-1:*:%s/prod/GET/x/?"}}}\
            """
                .formatted(api.id());
        assertThat(authorizer(api.get("/prod/x/1", TOKEN, answer(allow))))
            .isEqualTo(Reply.parse("{\"principalId\":\"user-1\",\"n\":1,\"b\":true,\"s\":\"v\"}"));
        assertMessage(api.get("/prod/x/12", TOKEN, answer(allow)), 403, "Forbidden");
      }
    });
  }

  @Test
  void mappingsAndLogsReadTheContextAndBackendsGetNothingUnasked() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String guard =
            api.request(
                ProbeFunction.guardArn(gw), "\"authorizerPayloadFormatVersion\":\"2.0\"", SOURCE);
        String mapping =
            """
            {"append:header.x-n":"$context.authorizer.n",
             "append:header.x-b":"${context.authorizer.b}-${context.authorizer.principalId}",
             "append:header.x-none":"$context.authorizer.none"}\
            """;
        api.guard("GET /x", api.url(backend.url(), 30_000, mapping), "CUSTOM", guard).serve();
        AccessLog log =
            AccessLog.of(
                gw,
                api,
                "$context.authorizer.n $context.authorizer.b $context.authorizer.principalId"
                    + " $context.authorizer.none $context.authorizer.error $context.requestId");
        String policy =
            """
            {"principalId":"u-1","context":{"n":1,"b":true,"s":"hush"},"policyDocument":{
             "Version":"2012-10-17","Statement":[
             {"Effect":"%s","Action":"execute-api:Invoke","Resource":"*"}]}}\
            """;
        assertThat(api.get("/x", TOKEN, answer(policy.formatted("Allow"))).status()).isEqualTo(200);
        Backend.Request request = backend.taken();
        assertThat(request.headers().get("x-n")).containsExactly("1");
        assertThat(request.headers().get("x-b")).containsExactly("true-u-1");
        assertThat(request.headers()).doesNotContainKey("x-none");
        request.headers().remove("x-answer");
        assertThat(request.headers().toString()).doesNotContain("hush");
        Reply denied = api.get("/x", "Authorization: other", answer(policy.formatted("Deny")));
        assertMessage(denied, 403, "Forbidden");
        assertThat(log.lines(2).getFirst()).startsWith("1 true u-1 - - ");
      }
    });
  }
}
