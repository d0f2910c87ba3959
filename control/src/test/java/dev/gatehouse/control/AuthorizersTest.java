package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.control.Console.Answer;
import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizersTest {
  private static final String URI =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";

  @TempDir Path data;
  private HttpServer issuer;
  private volatile String document = "{\"issuer\":\"i\",\"jwks_uri\":\"j\"}";
  private Console console;
  private String authorizers;
  private String api;

  @BeforeEach
  void open() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/pool/.well-known/openid-configuration",
        exchange -> {
          byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    issuer.start();
    String place = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/pool/";
    console = new Console(data, Limits.AWS, place);
    api = console.httpApi();
    authorizers = "/v2/apis/" + api + "/authorizers";
  }

  @AfterEach
  void close() {
    console.close();
    issuer.stop(0);
  }

  private Answer request(String name, String more) {
    return console.post(
        authorizers,
        "{\"name\":\""
            + name
            + "\",\"authorizerType\":\"REQUEST\",\"authorizerUri\":\""
            + URI
            + "\""
            + more
            + "}");
  }

  private Answer jwt(String issuer, String more) {
    return console.post(
        authorizers,
        "{\"name\":\"j\",\"authorizerType\":\"JWT\",\"identitySource\":"
            + "[\"$request.header.Authorization\"],\"jwtConfiguration\":{\"issuer\":\""
            + issuer
            + "\",\"audience\":[\"a\"]}"
            + more
            + "}");
  }

  @Test
  void aRequestAuthorizerNeedsItsPayloadVersion() { // K42
    Answer answer = request("r", ",\"identitySource\":[]");
    assertThat(answer.ok(400).message())
        .isEqualTo("AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer");
  }

  @Test
  void theLifetimeFollowsTheIdentitySources() { // K43, K44
    String version = ",\"authorizerPayloadFormatVersion\":\"2.0\"";
    Answer with = request("a", version + ",\"identitySource\":[\"$request.header.X\"]").ok(201);
    assertThat(with.text("authorizerId")).matches("[a-z0-9]{6}");
    assertThat(
            with.is(
                """
                {"authorizerId": "%s", "name": "a", "authorizerType": "REQUEST",
                 "authorizerUri": "%s", "authorizerPayloadFormatVersion": "2.0",
                 "identitySource": ["$request.header.X"], "authorizerResultTtlInSeconds": 300,
                 "enableSimpleResponses": false}\
                """
                    .formatted(with.text("authorizerId"), URI)))
        .isTrue();
    Answer without = request("b", version + ",\"identitySource\":[]").ok(201);
    assertThat(without.body().get("authorizerResultTtlInSeconds").intValue()).isZero();
    assertThat(
            request("c", version + ",\"identitySource\":[],\"authorizerResultTtlInSeconds\":5")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aJwtAuthorizerHasNeitherVersionNorLifetime() { // K45
    Answer answer =
        jwt("http://unreachable.test/pool", ",\"authorizerPayloadFormatVersion\":\"1.0\"");
    assertThat(answer.ok(201).body())
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"authorizerId": "%s", "name": "j", "authorizerType": "JWT",
                     "identitySource": ["$request.header.Authorization"],
                     "jwtConfiguration":
                       {"issuer": "http://unreachable.test/pool", "audience": ["a"]}}\
                    """
                        .formatted(answer.text("authorizerId"))));
  }

  @Test
  void anIssuerWithoutDiscoveryIsRefused() { // K46
    for (String issuer : new String[] {"https://127.0.0.1:1/x", "http://plain.test"}) {
      assertThat(jwt(issuer, "").ok(400).message())
          .isEqualTo(
              "Caught exception when connecting to "
                  + issuer
                  + "/.well-known/openid-configuration for issuer "
                  + issuer
                  + ". Please try again later. Error: Invalid issuer: "
                  + issuer
                  + ". Issuer must have a valid discovery endpoint ended with"
                  + " '/.well-known/openid-configuration'");
    }
    for (String bad : new String[] {"{}", "[", "x".repeat(200_000)}) {
      document = bad;
      assertThat(jwt("http://unreachable.test/pool", "").status()).isEqualTo(400);
    }
  }

  @Test
  void aJwtAuthorizerHasOneSource() {
    String json =
        "{\"name\":\"j\",\"authorizerType\":\"JWT\",\"identitySource\":[%s],"
            + "\"jwtConfiguration\":{\"issuer\":\"http://unreachable.test/pool\","
            + "\"audience\":[\"a\"]}}";
    assertThat(console.post(authorizers, json.formatted("")).status()).isEqualTo(400);
    assertThat(console.post(authorizers, json.formatted("\"$context.a\"")).status()).isEqualTo(400);
  }

  @Test
  void namesAreUniqueInTheirApi() { // K63e
    String more = ",\"authorizerPayloadFormatVersion\":\"2.0\",\"identitySource\":[]";
    request("a", more).ok(201);
    assertThat(request("a", more).ok(400).message())
        .isEqualTo("Authorizer name must be unique. Authorizer a already exists in this RestApi.");
  }

  @Test
  void theEleventhIsRefused() { // K63f
    String more = ",\"authorizerPayloadFormatVersion\":\"2.0\",\"identitySource\":[]";
    for (int i = 0; i < 10; i++) {
      request("a" + i, more).ok(201);
    }
    Answer answer = request("b", more).ok(429);
    assertThat(answer.errorType()).isEqualTo("ConflictException");
    assertThat(answer.message())
        .isEqualTo(
            "Maximum number of Authorizers for this API has been reached. Please contact AWS if"
                + " you need additional Authorizers.");
  }

  @Test
  void oneThatARouteUsesStays() { // K63c, K63d
    String webSocket = "/v2/apis/" + console.webSocketApi();
    String id =
        console
            .post(
                webSocket + "/authorizers",
                "{\"name\":\"w\",\"authorizerType\":\"REQUEST\",\"identitySource\":"
                    + "[\"route.request.header.Auth\"],\"authorizerUri\":\""
                    + URI
                    + "\"}")
            .ok(201)
            .text("authorizerId");
    String route =
        console
            .post(
                webSocket + "/routes",
                "{\"routeKey\":\"$connect\",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\""
                    + id
                    + "\"}")
            .ok(201)
            .text("routeId");
    assertThat(console.delete(webSocket + "/authorizers/" + id).ok(409).message())
        .isEqualTo("Cannot delete authorizer 'w', is referenced in route: $connect");
    console.patch(webSocket + "/routes/" + route, "{\"operationName\":\"x\"}").ok(200);
    assertThat(console.get(webSocket + "/routes/" + route).text("authorizerId")).isEqualTo(id);
    Answer detached =
        console.patch(webSocket + "/routes/" + route, "{\"authorizationType\":\"NONE\"}").ok(200);
    assertThat(detached.body().has("authorizerId")).isFalse();
    console.delete(webSocket + "/authorizers/" + id).ok(204);
  }

  @Test
  void theAuthorizerMustBeOfTheRoutesType() { // K17
    String id = jwt("http://unreachable.test/pool", "").ok(201).text("authorizerId");
    Answer answer =
        console.post(
            "/v2/apis/" + api + "/routes",
            "{\"routeKey\":\"GET /a\",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\""
                + id
                + "\"}");
    assertThat(answer.ok(400).message())
        .isEqualTo(
            "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
                + " COGNITO_USER_POOLS requires a valid authorizer.");
  }

  @Test
  void anUpdateKeepsWhatIsNotGiven() {
    String more =
        ",\"authorizerPayloadFormatVersion\":\"2.0\",\"identitySource\":[\"$request.header.X\"]";
    String id = request("a", more).ok(201).text("authorizerId");
    Answer updated =
        console.patch(authorizers + "/" + id, "{\"enableSimpleResponses\":true}").ok(200);
    assertThat(updated.body().get("enableSimpleResponses").booleanValue()).isTrue();
    assertThat(updated.body().get("authorizerResultTtlInSeconds").intValue()).isEqualTo(300);
    Answer sources = console.patch(authorizers + "/" + id, "{\"identitySource\":[]}").ok(200);
    assertThat(sources.body().get("authorizerResultTtlInSeconds").intValue()).isZero();
    assertThat(console.get(authorizers).body().get("items")).hasSize(1);
  }
}
