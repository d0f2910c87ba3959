package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the control API holds of authorizers. */
class AuthorizersIT {
  private static final String SOURCE =
      ",\"authorizerPayloadFormatVersion\":\"2.0\","
          + "\"identitySource\":[\"$request.header.Authorization\"]";

  /** What a test asks about an API. */
  private interface Questions {
    void ask(Control control, HttpApi api) throws Exception;
  }

  private static void withApi(Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      try (HttpApi api = HttpApi.create(gw)) {
        questions.ask(gw.control(), api);
      }
    });
  }

  private static Reply request(Control control, HttpApi api, String name, String more)
      throws IOException {
    return control.post(
        api.path("/authorizers"),
        """
        {"name":"%s","authorizerType":"REQUEST","authorizerUri":
         "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:a/invocations"%s}\
        """
            .formatted(name, more));
  }

  private static String created(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(201);
    return reply.json().path("authorizerId").asString();
  }

  private static void assertRefused(Reply reply, int status, String message) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.json().path("message").asString()).isEqualTo(message);
  }

  @Test
  @Vector("K16")
  void aJwtRouteNeedsAnAuthorizer() throws Exception {
    withApi((control, api) ->
        assertRefused(
            control.post(
                api.path("/routes"), "{\"routeKey\":\"GET /x\",\"authorizationType\":\"JWT\"}"),
            400,
            "Invalid authorizer ID specified. Setting the authorization type to JWT requires a"
                + " valid JWT authorizer."));
  }

  @Test
  @Vector("K42")
  void aFunctionNeedsAPayloadVersion() throws Exception {
    withApi((control, api) ->
        assertRefused(
            request(control, api, "a", ",\"identitySource\":[\"$request.header.Authorization\"]"),
            400,
            "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer"));
  }

  @Test
  @Vector({"K43", "K44"})
  void theLifetimeFollowsTheIdentitySources() throws Exception {
    withApi((control, api) -> {
      JsonNode cached = request(control, api, "a", SOURCE).json();
      assertThat(cached.path("authorizerResultTtlInSeconds").asInt(-1)).isEqualTo(300);
      assertThat(cached.path("authorizerId").asString()).matches("[a-z0-9]{6}");
      String none = ",\"authorizerPayloadFormatVersion\":\"2.0\",\"identitySource\":[]";
      Reply uncached = request(control, api, "b", none);
      assertThat(uncached.status()).as("%s", uncached).isEqualTo(201);
      assertThat(uncached.json().path("authorizerResultTtlInSeconds").asInt(-1)).isZero();
    });
  }

  @Test
  @Vector("K46")
  void anIssuerWithoutDiscoveryIsRefused() throws Exception {
    withApi((control, api) -> {
      Reply reply =
          control.post(
              api.path("/authorizers"),
              """
              {"name":"j","authorizerType":"JWT",
               "identitySource":["$request.header.Authorization"],
               "jwtConfiguration":{"issuer":"https://127.0.0.1:1/x","audience":["a"]}}\
              """);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().path("message").asString())
          .startsWith(
              "Caught exception when connecting to"
                  + " https://127.0.0.1:1/x/.well-known/openid-configuration for issuer"
                  + " https://127.0.0.1:1/x. Please try again later.");
    });
  }

  @Test
  @Vector({"K17", "K45"})
  void aJwtAuthorizerHasNoPayloadVersionAndGuardsNoCustomRoute(@TempDir Path directory)
      throws Exception {
    String document =
        "{\"issuer\":\"https://pool.invalid\",\"jwks_uri\":\"https://pool.invalid/k\"}";
    try (Backend issuer = Backend.start(exchange -> Backend.text(exchange, 200, document));
        RunningGatehouse gw =
            RunningGatehouse.start(
                directory.resolve("data"),
                "issuers: {'https://pool.invalid': '" + issuer.url() + "'}");
        HttpApi api = HttpApi.create(gw)) {
      Control control = gw.control();
      JsonNode made =
          control.create(
              api.path("/authorizers"),
              """
              {"name":"j","authorizerType":"JWT",
               "identitySource":["$request.header.Authorization"],
               "jwtConfiguration":{"issuer":"https://pool.invalid","audience":["a"]}}\
              """);
      String id = made.path("authorizerId").asString();
      assertThat(made.propertyNames())
          .containsExactlyInAnyOrder(
              "authorizerId", "authorizerType", "identitySource", "jwtConfiguration", "name");
      assertThat(control.get(api.path("/authorizers/" + id)).json()).isEqualTo(made);
      assertRefused(
          control.post(api.path("/routes"), guarded("CUSTOM", id)),
          400,
          "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
              + " COGNITO_USER_POOLS requires a valid authorizer.");
      control.create(api.path("/routes"), guarded("JWT", id));
    }
  }

  private static String guarded(String type, String authorizer) {
    return "{\"routeKey\":\"GET /x\",\"authorizationType\":\"%s\",\"authorizerId\":\"%s\"}"
        .formatted(type, authorizer);
  }

  @Test
  @Vector("K63e")
  void namesAreUniqueInAnApi() throws Exception {
    withApi((control, api) -> {
      created(request(control, api, "same", SOURCE));
      assertRefused(
          request(control, api, "same", SOURCE),
          400,
          "Authorizer name must be unique. Authorizer same already exists in this RestApi.");
    });
  }

  @Test
  @Vector("K63f")
  void theEleventhIsTooMany() throws Exception {
    withApi((control, api) -> {
      for (int i = 0; i < 10; i++) {
        created(request(control, api, "a" + i, SOURCE));
      }
      Reply reply = request(control, api, "a10", SOURCE);
      assertRefused(
          reply,
          429,
          "Maximum number of Authorizers for this API has been reached. Please contact AWS if"
              + " you need additional Authorizers.");
    });
  }

  /** A route whose authorizer does not run yet must not come to be, or must serve nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"\"AWS_IAM\"", "\"CUSTOM\",\"authorizerId\":\"ID\""})
  void aRouteServesNobodyWhomItsAuthorizerHasNotSeen(String authorization) throws Exception {
    withApi((control, api) -> {
      String id = created(request(control, api, "guard", SOURCE));
      Reply route =
          control.post(
              api.path("/routes"),
              """
              {"routeKey":"GET /x","target":"integrations/%s","authorizationType":%s}\
              """
                  .formatted(
                      api.url("http://127.0.0.1:9"), authorization.replace("ID\"", id + "\"")));
      if (route.status() == 201) {
        api.serve();
        Reply reply = api.get("/x", "Authorization: anything");
        assertThat(reply.status()).as("%s", reply).isIn(401, 403, 500);
      } else {
        assertThat(route.status()).as("%s", route).isEqualTo(501);
        assertThat(route.json().path("message").asString()).isNotBlank();
      }
    });
  }
}
