package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Issuer;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import dev.gatehouse.conformance.rig.Vector;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Routes that a token opens: which tokens, and what the integration is told of them. */
class JwtAuthorizersIT {
  private static final String WRONG_AUDIENCE = "the token does not have a valid audience";
  private static final String PREFLIGHT = "Access-Control-Request-Method: GET";

  /** What a test asks of an API with an authorizer. */
  private interface Questions {
    void ask(RunningGatehouse gw, HttpApi api, Issuer issuer, String authorizer) throws Exception;
  }

  private static void withIssuer(Questions questions) throws Exception {
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      try (HttpApi api = HttpApi.create(gw)) {
        questions.ask(gw, api, issuer, api.jwt(issuer.name(), "aud"));
      }
    });
  }

  /** A route to a function that returns its event. */
  private static void withEcho(String members, Questions questions) throws Exception {
    withIssuer((gw, api, issuer, id) -> {
      String echo = api.function(ProbeFunction.arn(gw));
      api.guard(
          "GET /x", echo, "JWT", id, members.isEmpty() ? new String[0] : new String[] {members});
      questions.ask(gw, api.serve(), issuer, id);
    });
  }

  private static Reply get(HttpApi api, String token) throws IOException {
    return api.get("/x", "Authorization: Bearer " + token);
  }

  private static JsonNode jwt(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    JsonNode authorizer = reply.json().at("/requestContext/authorizer");
    assertThat(authorizer.propertyNames()).containsExactly("jwt");
    return authorizer.path("jwt");
  }

  private static void assertRefused(Reply reply, String challenge) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(401);
    assertThat(reply.text()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(reply.headers("www-authenticate")).containsExactly(challenge);
    assertThat(reply.header("content-type")).contains("application/json");
  }

  private static String invalid(String description) {
    return "Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + description + "\"";
  }

  @Test
  @Vector({"H80", "H84", "H85"})
  void aTokenIsNeededWithOrWithoutBearer() throws Exception {
    withEcho(
        "",
        (gw, api, issuer, id) -> {
          assertRefused(api.get("/x"), "Bearer");
          assertRefused(api.get("/x", "Authorization: "), "Bearer");
          assertRefused(api.get("/x", "Authorization: Bearer "), "Bearer");
          assertThat(issuer.fetches()).as("nobody asks for keys without a token").isZero();
          String token = issuer.token("");
          for (String prefix : List.of("", "Bearer ", "bearer ")) {
            jwt(api.get("/x", "authorization: " + prefix + token));
          }
          String symmetric = "{\"alg\":\"HS256\",\"kid\":\"k1\"}";
          assertRefused(
              get(api, Issuer.signed(symmetric, issuer.claims(""), "k1")),
              invalid("signing method HS256 is invalid"));
          assertThat(issuer.fetches()).isOne();
        });
  }

  @Test
  @Vector({"H81", "H82", "H83"})
  void oneAudienceIsEnoughAndClientIdStandsInForNone() throws Exception {
    withEcho(
        "",
        (gw, api, issuer, id) -> {
          String claims = "{\"iss\":\"" + issuer.name() + "\",\"exp\":" + Issuer.LATER;
          for (String good :
              List.of(",\"aud\":[\"z\",\"aud\"]", ",\"client_id\":\"aud\"", ",\"aud\":\"aud\"")) {
            jwt(get(api, Issuer.signed(claims + good + "}")));
          }
          for (String bad :
              List.of(
                  "", ",\"aud\":\"Y\"", ",\"aud\":\"Y\",\"client_id\":\"aud\"", ",\"aud\":[]")) {
            assertRefused(get(api, Issuer.signed(claims + bad + "}")), invalid(WRONG_AUDIENCE));
          }
        });
  }

  @Test
  @Vector({"H86", "H87"})
  void oneScopeOfTheRouteIsEnough() throws Exception {
    withEcho(
        "\"authorizationScopes\":[\"a\",\"b\"]",
        (gw, api, issuer, id) -> {
          assertThat(jwt(get(api, issuer.token(",\"scope\":\"b c\""))).path("scopes"))
              .isEqualTo(Reply.parse("[\"b\",\"c\"]"));
          for (String scp : List.of("\"a\"", "[\"x\",\"a\"]")) {
            jwt(get(api, issuer.token(",\"scp\":" + scp)));
          }
          for (String other : List.of(",\"scope\":\"c\"", "", ",\"scopes\":\"a\"")) {
            Reply reply = get(api, issuer.token(other));
            assertThat(reply.status()).as("%s", reply).isEqualTo(403);
            assertThat(reply.text()).isEqualTo("{\"message\":\"Forbidden\"}");
            assertThat(reply.header("www-authenticate").orElseThrow())
                .startsWith("Bearer scope=\"a b\" error=\"insufficient_scope\" error_description=");
          }
        });
  }

  @Test
  @Vector({"H88", "H89"})
  void functionsAreToldClaimsAsTexts() throws Exception {
    withEcho(
        "",
        (gw, api, issuer, id) -> {
          JsonNode jwt =
              jwt(
                  get(
                      api,
                      issuer.token(
                          ",\"scope\":\"s\",\"groups\":[\"a\",\"b\"],\"iat\":1718722804,\"yes\":true")));
          assertThat(jwt.path("scopes").isNull()).isTrue();
          JsonNode expected =
              Reply.parse(
                  """
                  {"iss":"%s","aud":"aud","exp":"4102444800","scope":"s","groups":"[a b]",
                   "iat":"1718722804","yes":"true"}\
                  """
                      .formatted(issuer.name()));
          assertThat(jwt.path("claims")).isEqualTo(expected);
        });
  }

  @Test
  void payload1HasNoLevelCalledJwt() throws Exception {
    withIssuer((gw, api, issuer, id) -> {
      String wrapper =
          api.integration(
              """
              {"integrationType":"AWS_PROXY","integrationUri":"%s","payloadFormatVersion":"1.0"}\
              """
                  .formatted(ProbeFunction.wrapperArn(gw)));
      api.guard("GET /x", wrapper, "JWT", id)
          .guard("GET /s", wrapper, "JWT", id, "\"authorizationScopes\":[\"a\"]")
          .serve();
      String token = issuer.token(",\"n\":1,\"scope\":\"a\"");
      JsonNode authorizer = get(api, token).json().at("/requestContext/authorizer");
      assertThat(authorizer.propertyNames()).containsExactly("claims", "scopes");
      assertThat(authorizer.at("/claims/n")).isEqualTo(Reply.parse("\"1\""));
      assertThat(authorizer.path("scopes").isNull()).isTrue();
      Reply scoped = api.get("/s", "Authorization: Bearer " + token);
      assertThat(scoped.json().at("/requestContext/authorizer/scopes"))
          .isEqualTo(Reply.parse("[\"a\"]"));
    });
  }

  @Test
  void mappingsAndLogsReadClaimsAndBackendsGetTheTokenItself() throws Exception {
    withIssuer((gw, api, issuer, id) -> {
      try (Backend backend = Backend.start()) {
        String parameters =
            """
            {"append:header.x-sub":"$context.authorizer.claims.sub",
             "append:header.x-groups":"$context.authorizer.claims.groups",
             "append:header.x-none":"$context.authorizer.claims"}\
            """;
        api.guard("GET /x", api.url(backend.url(), 30_000, parameters), "JWT", id).serve();
        AccessLog log =
            AccessLog.of(
                gw,
                api,
                "$context.authorizer.claims.sub|$context.authorizer.error|$context.requestId");
        String token = issuer.token(",\"sub\":\"me\",\"groups\":[\"a\",\"b\"]");
        assertThat(get(api, token).status()).isEqualTo(200);
        var headers = backend.taken().headers();
        assertThat(headers.get("x-sub")).containsExactly("me");
        assertThat(headers.get("x-groups")).containsExactly("[a b]");
        assertThat(headers.get("authorization")).containsExactly("Bearer " + token);
        assertThat(headers).doesNotContainKey("x-none");
        assertThat(get(api, "x.y").status()).isEqualTo(401);
        assertThat(backend.idle()).isTrue();
        assertThat(log.lines(2))
            .satisfiesExactly(
                line -> assertThat(line).startsWith("me|-|"),
                line ->
                    assertThat(line)
                        .startsWith(
                            "-|invalid_token: token contains an invalid number of segments|"));
      }
    });
  }

  @Test
  void aTokenMayComeInTheQuery() throws Exception {
    withIssuer((gw, api, issuer, any) -> {
      String id =
          api.authorizer(
              """
              {"name":"q","authorizerType":"JWT","identitySource":["$request.querystring.token"],
               "jwtConfiguration":{"issuer":"%s","audience":["other","aud"]}}\
              """
                  .formatted(issuer.name()));
      api.guard("GET /x", api.function(ProbeFunction.arn(gw)), "JWT", id).serve();
      String token = issuer.token("");
      jwt(api.get("/x?token=" + token));
      jwt(api.get("/x?token=Bearer%20" + token));
      assertRefused(get(api, token), "Bearer");
    });
  }

  @Test
  void aChangedAuthorizerTrustsNoTokenOfBefore() throws Exception {
    withEcho(
        "",
        (gw, api, issuer, id) -> {
          String token = issuer.token("");
          jwt(get(api, token));
          String change =
              "{\"jwtConfiguration\":{\"issuer\":\"%s\",\"audience\":[\"new\"]}}"
                  .formatted(issuer.name());
          assertThat(gw.control().patch(api.path("/authorizers/" + id), change).status())
              .isEqualTo(200);
          jwt(get(api, token)); // not deployed yet
          String deployment = "{\"stageName\":\"$default\"}";
          gw.control().create(api.path("/deployments"), deployment);
          assertRefused(get(api, token), invalid(WRONG_AUDIENCE));
        });
  }

  @Test
  @Vector({"H76", "H77"})
  void preflightsMeetTheAuthorizerOfTheirRoute() throws Exception {
    withIssuer((gw, api, issuer, id) -> {
      try (Backend backend = Backend.start(JwtAuthorizersIT::allowAny)) {
        String cors = "{\"corsConfiguration\":{\"allowOrigins\":[\"https://a.com\"]}}";
        assertThat(gw.control().patch(api.path(""), cors).status()).isEqualTo(200);
        String url = api.url(backend.url());
        api.guard("ANY /x", url, "JWT", id).guard("ANY /open/{proxy+}", url, "JWT", id);
        api.routes(url, "OPTIONS /open/{proxy+}");
        api.serve();
        Reply refused = api.send("OPTIONS", "/x", "", "Origin: https://a.com", PREFLIGHT);
        assertRefused(refused, "Bearer");
        assertThat(refused.headers("access-control-allow-origin")).containsExactly("https://a.com");
        assertThat(backend.idle()).isTrue();
        Reply open = api.send("OPTIONS", "/open/x", "", "Origin: https://a.com", PREFLIGHT);
        assertThat(open.status()).as("%s", open).isEqualTo(200);
        assertThat(open.text()).isEqualTo("ok");
        assertThat(open.headers("access-control-allow-origin")).containsExactly("https://a.com");
        assertThat(backend.taken().method()).isEqualTo("OPTIONS");
        assertRefused(api.get("/open/x"), "Bearer");
      }
    });
  }

  private static void allowAny(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    Backend.text(exchange, 200, "ok");
  }
}
