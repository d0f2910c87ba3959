package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.LogVariables.HTTP;
import static dev.gatehouse.conformance.rig.LogVariables.WEB_SOCKET;
import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.AccessLog;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Issuer;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import dev.gatehouse.conformance.rig.Signing;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Each variable of access logs, read from logs of real requests and events. */
class LogVariablesIT {
  private static final String NUMBER = "\\d+";
  private static final String ID = "[A-Za-z0-9_=-]{16}";
  private static final String UUID = "[0-9a-f-]{36}";
  private static final String POLICY =
      """
      {"principalId":"p","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"%s",
       "Action":"execute-api:Invoke","Resource":"*"}]},"context":{"tenant":"t|7"}}\
      """;

  /** What every line has. */
  private static Map<String, String> common(String route, int status) {
    Map<String, String> values = new HashMap<>();
    values.put("apiId", "[a-z0-9]{10}");
    values.put("accountId", "0{12}");
    values.put("domainName", ".*execute-api.localhost:\\d+");
    values.put("extendedRequestId", ID);
    values.put("identity.sourceIp", "127\\.0\\.0\\.1");
    values.put("requestId", ID);
    values.put("requestTime", "\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
    values.put("requestTimeEpoch", "\\d{13}");
    values.put("routeKey", route);
    values.put("status", "" + status);
    return values;
  }

  private static Map<String, String> http(String route, int status) {
    Map<String, String> values = common(route, status);
    values.put("stage", "\\$default");
    values.put("dataProcessed", NUMBER);
    values.put("domainPrefix", "[a-z0-9]{10}");
    values.put("httpMethod", "GET");
    values.put("path", "/.*");
    values.put("protocol", "HTTP/1.1");
    values.put("responseLatency", NUMBER);
    values.put("responseLength", NUMBER);
    return values;
  }

  private static Map<String, String> event(String type, String route, int status) {
    Map<String, String> values = common(route, status);
    values.put("stage", "prod");
    values.put("connectedAt", "\\d{13}");
    values.put("connectionId", ID);
    values.put("eventType", type);
    if (type.equals("MESSAGE")) {
      values.put("messageId", ID);
    }
    return values;
  }

  private static void integrated(Map<String, String> values, int service, int own, String id) {
    values.put("integration.integrationStatus", "" + service);
    values.put("integrationStatus", "" + service);
    values.put("integration.latency", NUMBER);
    values.put("integrationLatency", NUMBER);
    if (own > 0) {
      values.put("integration.status", "" + own);
    }
    if (!id.isEmpty()) {
      values.put("integration.requestId", id);
      values.put("awsEndpointRequestId", id);
    }
  }

  private static void failed(Map<String, String> values, String message, String type) {
    values.put("error.message", message);
    values.put("error.messageString", "\"" + message + "\"");
    values.put("error.responseType", type);
  }

  private static String header(String payload) {
    return "x-answer: " + Issuer.base64(payload.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void ofRequestsToHttpApis() throws Exception {
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      try (Backend backend =
              Backend.start(exchange -> {
                exchange.getResponseHeaders().add("x-amzn-RequestId", "r-1");
                exchange.getResponseHeaders().add("x-amz-id-2", "r-2");
                Backend.text(exchange, 404, "no");
              });
          HttpApi api = HttpApi.create(gw)) {
        String echo = api.function(ProbeFunction.arn(gw));
        api.routes(api.url(backend.url()), "GET /url");
        api.routes(api.url(Backend.dead()), "GET /down");
        api.guard("GET /jwt", echo, "JWT", api.jwt(issuer.name(), "aud"));
        String guard =
            api.request(
                ProbeFunction.guardArn(gw),
                "\"identitySource\":[\"$request.header.x-answer\"]",
                "\"authorizerPayloadFormatVersion\":\"2.0\",\"enableSimpleResponses\":false");
        api.guard("GET /lambda", echo, "CUSTOM", guard);
        gw.control()
            .create(
                api.path("/routes"),
                "{\"routeKey\":\"GET /iam\",\"target\":\"integrations/%s\",\"authorizationType\":\"AWS_IAM\"}"
                    .formatted(echo));
        api.serve();
        AccessLog log = HTTP.on(gw, api.path("/stages/%24default"), "variables-" + api.id());
        api.get("/url", "User-Agent: a \"b\"\\");
        api.get("/down");
        api.get("/nowhere");
        api.get("/jwt", "Authorization: " + issuer.token(""));
        api.get("/jwt", "Authorization: none");
        api.get("/lambda", header(POLICY.formatted("Allow").replace("t|7", "t7")));
        api.get("/lambda", header(POLICY.formatted("Deny").replace("t|7", "t7")));
        Signing.by(AwsBasicCredentials.create("test", "test"))
            .header(api, "GET", "/iam", "")
            .send(http);
        List<String> lines = log.lines(8);

        Map<String, String> url = http("GET /url", 404);
        integrated(url, 404, 404, "r-1");
        url.put("awsEndpointRequestId2", "r-2");
        url.put("identity.userAgent", "a \\\\\"b\\\\\"\\\\\\\\");
        HTTP.assertLine(lines.get(0), url);

        Map<String, String> down = http("GET /down", 503);
        down.put("integration.latency", NUMBER);
        down.put("integrationLatency", NUMBER);
        down.put("integration.error", ".*UNREACHABLE");
        down.put("integrationErrorMessage", ".*UNREACHABLE");
        failed(down, "Service Unavailable", "INTEGRATION_FAILURE");
        HTTP.assertLine(lines.get(1), down);

        Map<String, String> nowhere = http("-", 404);
        failed(nowhere, "Not Found", "RESOURCE_NOT_FOUND");
        HTTP.assertLine(lines.get(2), nowhere);

        Map<String, String> jwt = http("GET /jwt", 200);
        integrated(jwt, 200, 200, UUID);
        jwt.put("authorizer.claims.sub", ".+");
        HTTP.assertLine(lines.get(3), jwt);

        Map<String, String> refused = http("GET /jwt", 401);
        refused.put("authorizer.error", ".+");
        failed(refused, "Unauthorized", "UNAUTHORIZED");
        HTTP.assertLine(lines.get(4), refused);

        Map<String, String> lambda = http("GET /lambda", 200);
        integrated(lambda, 200, 200, UUID);
        lambda.put("authorizer.principalId", "p");
        lambda.put("authorizer.tenant", "t7");
        HTTP.assertLine(lines.get(5), lambda);

        Map<String, String> denied = http("GET /lambda", 403);
        denied.put("authorizer.error", ".+");
        failed(denied, "Forbidden", "ACCESS_DENIED");
        HTTP.assertLine(lines.get(6), denied);

        Map<String, String> iam = http("GET /iam", 200);
        integrated(iam, 200, 200, UUID);
        iam.put("identity.accountId", "0{12}");
        iam.put("identity.caller", ".+");
        iam.put("identity.user", ".+");
        iam.put("identity.userArn", "arn:aws:iam::000000000000:.+");
        HTTP.assertLine(lines.get(7), iam);
      }
    });
  }

  private static AccessLog log(RunningGatehouse gw, SocketApi api) throws Exception {
    return WEB_SOCKET.on(gw, api.path("/stages/prod"), "variables-" + api.id());
  }

  private static int status(SocketApi api, String... headers) throws Exception {
    try (RawWebSocket socket = api.handshake("/prod", headers)) {
      return socket.status();
    }
  }

  @Test
  void ofEventsBehindAnAuthorizer() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend =
              Backend.start(exchange -> {
                exchange.getResponseHeaders().add("x-amzn-RequestId", "r-1");
                Backend.text(exchange, 500, "no");
              });
          SocketApi api = SocketApi.create(gw)) {
        String guard = api.authorizer(ProbeFunction.guardArn(gw), "route.request.header.x-let");
        String talker = api.function(ProbeFunction.talkerArn(gw));
        api.route(
            "$connect",
            talker,
            ",\"authorizationType\":\"CUSTOM\",\"authorizerId\":\"" + guard + "\"");
        api.oneWay("url", api.url(backend.url(), "{}"));
        api.oneWay("down", api.url(Backend.dead(), "{}"));
        api.oneWay("mock", api.mock("x"));
        api.serve();
        AccessLog log = log(gw, api);
        String allow = header(POLICY.formatted("Allow").replace("t|7", "t7"));
        try (RawWebSocket socket =
            api.handshake("/prod", "x-let: me", allow, "User-Agent: agent")) {
          assertThat(socket.status()).as("%s", socket.head()).isEqualTo(101);
          for (String action : List.of("url", "down", "mock", "none")) {
            socket.text("{\"action\":\"" + action + "\"}");
            log.lines(2 + List.of("url", "down", "mock", "none").indexOf(action));
          }
        }
        assertThat(status(api)).isEqualTo(401);
        assertThat(status(api, "x-let: me", header(POLICY.formatted("Deny")))).isEqualTo(403);
        assertThat(status(api, "x-let: me", "x-throw: oh")).isEqualTo(500);
        List<String> lines = log.lines(8);

        Map<String, String> connect = event("CONNECT", "\\$connect", 200);
        integrated(connect, 200, 200, UUID);
        let(connect, UUID);
        connect.put("authorize.status", "200");
        connect.put("authorize.latency", NUMBER);
        connect.put("authorizer.principalId", "p");
        connect.put("authorizer.tenant", "t7");
        connect.put("identity.userAgent", "agent");
        WEB_SOCKET.assertLine(lines.get(0), connect);

        Map<String, String> url = kept(event("MESSAGE", "url", 200));
        integrated(url, 500, 500, "r-1");
        WEB_SOCKET.assertLine(lines.get(1), url);

        Map<String, String> down = kept(event("MESSAGE", "down", 502));
        down.put("integration.latency", NUMBER);
        down.put("integrationLatency", NUMBER);
        down.put("integration.error", ".*UNREACHABLE");
        down.put("integrationErrorMessage", ".*UNREACHABLE");
        failed(down, "Internal server error", "INTEGRATION_FAILURE");
        WEB_SOCKET.assertLine(lines.get(2), down);

        Map<String, String> mock = kept(event("MESSAGE", "mock", 200));
        mock.put("integration.status", "200");
        mock.put("integration.latency", NUMBER);
        mock.put("integrationLatency", NUMBER);
        WEB_SOCKET.assertLine(lines.get(3), mock);

        Map<String, String> none = kept(event("MESSAGE", "-", 403));
        failed(none, "Forbidden", "ACCESS_DENIED");
        WEB_SOCKET.assertLine(lines.get(4), none);

        Map<String, String> missing = event("CONNECT", "\\$connect", 401);
        missing.put("authorizer.status", "401");
        missing.put("authorizer.latency", NUMBER);
        missing.put("authorizer.error", ".+");
        failed(missing, "Unauthorized", "UNAUTHORIZED");
        WEB_SOCKET.assertLine(lines.get(5), missing);

        Map<String, String> denied = event("CONNECT", "\\$connect", 403);
        let(denied, UUID);
        denied.put("authorize.status", "403");
        denied.put("authorize.latency", NUMBER);
        denied.put("authorize.error", ".+");
        failed(denied, "Forbidden", "ACCESS_DENIED");
        WEB_SOCKET.assertLine(lines.get(6), denied);

        Map<String, String> threw = event("CONNECT", "\\$connect", 500);
        let(threw, UUID);
        threw.put("authorizer.status", "500");
        threw.put("authorizer.error", ".+");
        failed(threw, "Internal server error", "AUTHORIZER_FAILURE");
        WEB_SOCKET.assertLine(lines.get(7), threw);
      }
    });
  }

  private static void let(Map<String, String> values, String requestId) {
    values.put("authorizer.status", "200");
    values.put("authorizer.latency", NUMBER);
    values.put("authorizer.integrationLatency", NUMBER);
    values.put("authorizer.integrationStatus", "200");
    values.put("authorizer.requestId", requestId);
  }

  /** What holds for the connection's life. */
  private static Map<String, String> kept(Map<String, String> values) {
    values.put("authorizer.principalId", "p");
    values.put("authorizer.tenant", "t7");
    values.put("authorizer.latency", NUMBER);
    values.put("authorizer.integrationLatency", NUMBER);
    values.put("identity.userAgent", "agent");
    return values;
  }

  @Test
  void ofEventsThatAreSignedFor() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.route("$connect", api.mock("x"), ",\"authorizationType\":\"AWS_IAM\"");
        api.serve();
        AccessLog log = log(gw, api);
        assertThat(status(api)).isEqualTo(403);
        Signing signing = Signing.by(AwsBasicCredentials.create("test", "test"));
        assertThat(status(api, signing.handshake(api, "/prod"))).isEqualTo(101);
        List<String> lines = log.lines(2);

        Map<String, String> refused = event("CONNECT", "\\$connect", 403);
        refused.put("authenticate.status", "403");
        refused.put("authenticate.latency", NUMBER);
        refused.put("authenticate.error", "Missing Authentication Token");
        failed(refused, "Forbidden", "ACCESS_DENIED");
        WEB_SOCKET.assertLine(lines.get(0), refused);

        Map<String, String> good = event("CONNECT", "\\$connect", 200);
        good.put("authenticate.status", "200");
        good.put("authenticate.latency", NUMBER);
        good.put("authorize.status", "200");
        good.put("authorize.latency", NUMBER);
        good.put("identity.accountId", "0{12}");
        good.put("identity.caller", ".+");
        good.put("identity.user", ".+");
        good.put("identity.userArn", "arn:aws:iam::000000000000:.+");
        good.put("integration.status", "200");
        good.put("integration.latency", NUMBER);
        good.put("integrationLatency", NUMBER);
        WEB_SOCKET.assertLine(lines.get(1), good);
      }
    });
  }

  @Test
  void ofEventsThatAKeyOpens() throws Exception {
    withGatehouse((gw, http) -> {
      try (SocketApi api = SocketApi.create(gw)) {
        api.route("$connect", api.mock("x"), ",\"apiKeyRequired\":true");
        api.serve();
        AccessLog log = log(gw, api);
        String value = "variables-" + api.id() + "-of-a-key";
        String key =
            gw.control()
                .create("/apikeys", "{\"enabled\":true,\"value\":\"" + value + "\"}")
                .path("id")
                .asString();
        String plan =
            gw.control()
                .create(
                    "/usageplans",
                    "{\"name\":\"v\",\"apiStages\":[{\"apiId\":\"%s\",\"stage\":\"prod\"}]}"
                        .formatted(api.id()))
                .path("id")
                .asString();
        gw.control()
            .create(
                "/usageplans/" + plan + "/keys",
                "{\"keyId\":\"" + key + "\",\"keyType\":\"API_KEY\"}");
        assertThat(status(api)).isEqualTo(403);
        assertThat(status(api, "x-api-key: " + value)).isEqualTo(101);
        List<String> lines = log.lines(2);

        Map<String, String> refused = event("CONNECT", "\\$connect", 403);
        failed(refused, "Forbidden", "INVALID_API_KEY");
        WEB_SOCKET.assertLine(lines.get(0), refused);

        Map<String, String> good = event("CONNECT", "\\$connect", 200);
        good.put("identity.apiKey", value);
        good.put("identity.apiKeyId", key);
        good.put("integration.status", "200");
        good.put("integration.latency", NUMBER);
        good.put("integrationLatency", NUMBER);
        WEB_SOCKET.assertLine(lines.get(1), good);
        Reply gone = gw.control().delete("/apikeys/" + key);
        assertThat(gone.status()).isEqualTo(202);
      }
    });
  }
}
