package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.control.Console.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Sends every member of every create and update that is built, and reads each back as it was given.
 * What is refused as not built is listed, and must be refused.
 */
class EveryMemberTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";
  private static final String INVOCATION =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + FUNCTION + "/invocations";

  private static final String ROLE = "arn:aws:iam::000000000000:role/r";

  /** Members that no call can have yet, each with a call that shows it. */
  private static final Set<String> NOT_BUILT = Set.of();

  @TempDir Path data;
  private HttpServer issuer;
  private Console console;
  private RoundTrips trips;

  @BeforeEach
  void open() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] document = "{\"issuer\":\"i\",\"jwks_uri\":\"j\"}".getBytes(StandardCharsets.UTF_8);
    issuer.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, document.length);
          exchange.getResponseBody().write(document);
          exchange.close();
        });
    issuer.start();
    console = new Console(data, Limits.AWS, "http://127.0.0.1:" + issuer.getAddress().getPort());
    trips = new RoundTrips(console);
  }

  @AfterEach
  void close() {
    console.close();
    issuer.stop(0);
  }

  @Test
  void everyMemberComesBackAsItWasGiven() {
    httpApi();
    webSocketApi();
    domains();
    links();
    assertThat(trips.missing()).containsExactlyInAnyOrderElementsOf(NOT_BUILT);
  }

  private void httpApi() {
    String api =
        "/v2/apis/"
            + send(
                    "POST",
                    "/v2/apis",
                    """
                    {"name": "h", "protocolType": "HTTP", "description": "d", "version": "1",
                     "disableExecuteApiEndpoint": true, "ipAddressType": "dualstack",
                     "tags": {"a": "b"}, "corsConfiguration": {"allowCredentials": true,
                     "allowHeaders": ["X-a"], "allowMethods": ["put"], "exposeHeaders": ["*"],
                     "allowOrigins": ["https://a.test"], "maxAge": -1}}\
                    """)
                .text("apiId");
    send(
        "PATCH",
        api,
        """
        {"name": "g", "description": "e", "version": "2", "disableExecuteApiEndpoint": false,
         "ipAddressType": "ipv4", "corsConfiguration": {"allowCredentials": false,
         "allowHeaders": ["*"], "allowMethods": ["*"], "exposeHeaders": ["X-b"],
         "allowOrigins": ["*"], "maxAge": 86400}}\
        """);
    quickCreate();
    String integration =
        send(
                "POST",
                api + "/integrations",
                """
                {"integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "description": "d",
                 "integrationUri": "http://b.test", "payloadFormatVersion": "1.0",
                 "timeoutInMillis": 50, "connectionType": "INTERNET",
                 "requestParameters": {"append:header.a": "1"},
                 "responseParameters": {"200": {"append:header.a": "1"}}}\
                """)
            .text("integrationId");
    send(
        "PATCH",
        api + "/integrations/" + integration,
        """
        {"integrationType": "AWS_PROXY", "integrationMethod": "POST", "description": "e",
         "integrationUri": "%s", "payloadFormatVersion": "2.0", "timeoutInMillis": 30000,
         "connectionType": "INTERNET", "requestParameters": {"append:header.b": "1"},
         "responseParameters": {"201": {"append:header.b": "1"}}}\
        """
            .formatted(FUNCTION));
    privateIntegration(api);
    serviceIntegration(api);
    authorizers(api);
  }

  private void quickCreate() {
    String api =
        "/v2/apis/"
            + send(
                    "POST",
                    "/v2/apis",
                    """
                    {"name": "q", "protocolType": "HTTP", "target": "http://b.test",
                     "routeKey": "GET /q", "credentialsArn": "%s"}\
                    """
                        .formatted(ROLE))
                .text("apiId");
    quickCreated(api, "http://b.test", "GET /q", ROLE);
    send(
        "PATCH",
        api,
        """
        {"target": "http://c.test", "routeKey": "GET /r",
         "credentialsArn": "arn:aws:iam::*:user/*"}\
        """);
    quickCreated(api, "http://c.test", "GET /r", "arn:aws:iam::*:user/*");
  }

  /** Where the members of quick create are found again. */
  private void quickCreated(String api, String target, String routeKey, String role) {
    JsonNode integration = console.get(api + "/integrations").ok(200).body().at("/items/0");
    assertThat(integration.get("integrationUri").stringValue()).isEqualTo(target);
    assertThat(integration.get("credentialsArn").stringValue()).isEqualTo(role);
    assertThat(console.get(api + "/routes").body().at("/items/0/routeKey").stringValue())
        .isEqualTo(routeKey);
  }

  private void privateIntegration(String api) {
    String members =
        """
        {"integrationType": "HTTP_PROXY", "integrationMethod": "ANY",
         "integrationUri": "arn:aws:servicediscovery:us-east-1:000000000000:service/s?stage=a",
         "payloadFormatVersion": "1.0", "connectionType": "VPC_LINK", "connectionId": "%s",
         "tlsConfig": {"serverNameToVerify": "%s"}}\
        """;
    String id =
        send("POST", api + "/integrations", members.formatted(link(), "b.test"))
            .text("integrationId");
    send("PATCH", api + "/integrations/" + id, members.formatted(link(), "c.test"));
  }

  private String link() {
    return console
        .post("/v2/vpclinks", "{\"name\": \"l\", \"subnetIds\": [\"s\"]}")
        .ok(201)
        .text("vpcLinkId");
  }

  private void serviceIntegration(String api) {
    String id =
        send(
                "POST",
                api + "/integrations",
                """
                {"integrationType": "AWS_PROXY", "integrationSubtype": "SQS-ReceiveMessage",
                 "payloadFormatVersion": "1.0", "credentialsArn": "%s",
                 "requestParameters": {"QueueUrl": "$request.header.q"},
                 "responseParameters": {"200": {"append:header.a": "1"}}}\
                """
                    .formatted(ROLE))
            .text("integrationId");
    send(
        "PATCH",
        api + "/integrations/" + id,
        """
        {"integrationSubtype": "SQS-PurgeQueue", "credentialsArn": "%s",
         "requestParameters": {"QueueUrl": "q", "Region": "eu-west-1"}}\
        """
            .formatted(ROLE + "2"));
  }

  private void authorizers(String api) {
    String request =
        send(
                "POST",
                api + "/authorizers",
                """
                {"name": "r", "authorizerType": "REQUEST", "authorizerUri": "%s",
                 "identitySource": ["$request.header.A", "$context.routeKey"],
                 "authorizerPayloadFormatVersion": "2.0", "authorizerResultTtlInSeconds": 3600,
                 "enableSimpleResponses": true, "identityValidationExpression": "x",
                 "authorizerCredentialsArn": "arn:aws:iam::000000000000:role/r"}\
                """
                    .formatted(INVOCATION))
            .text("authorizerId");
    send(
        "PATCH",
        api + "/authorizers/" + request,
        """
        {"name": "s", "authorizerType": "REQUEST", "authorizerUri": "%s",
         "identitySource": ["$request.querystring.q"], "authorizerPayloadFormatVersion": "1.0",
         "authorizerResultTtlInSeconds": 0, "enableSimpleResponses": false,
         "identityValidationExpression": "y",
         "authorizerCredentialsArn": "arn:aws:iam::000000000000:role/s"}\
        """
            .formatted(INVOCATION.replace(":f/", ":g/")));
    String jwt =
        send(
                "POST",
                api + "/authorizers",
                """
                {"name": "j", "authorizerType": "JWT",
                 "identitySource": ["$request.header.Authorization"], "jwtConfiguration":
                 {"issuer": "http://unreachable.test/pool", "audience": ["a", "b"]}}\
                """)
            .text("authorizerId");
    send(
        "PATCH",
        api + "/authorizers/" + jwt,
        """
        {"jwtConfiguration": {"issuer": "http://unreachable.test/pool", "audience": ["c"]}}\
        """);
    String guarded =
        """
        {"routeKey": "GET /guarded", "authorizationType": "JWT", "authorizerId": "%s",
         "authorizationScopes": ["%s"]}\
        """;
    String route = send("POST", api + "/routes", guarded.formatted(jwt, "a")).text("routeId");
    send("PATCH", api + "/routes/" + route, guarded.formatted(jwt, "b"));
  }

  private void webSocketApi() {
    String api =
        "/v2/apis/"
            + send(
                    "POST",
                    "/v2/apis",
                    """
                    {"name": "w", "protocolType": "WEBSOCKET", "disableSchemaValidation": true,
                     "routeSelectionExpression": "$request.body.action",
                     "apiKeySelectionExpression": "$context.authorizer.usageIdentifierKey"}\
                    """)
                .text("apiId");
    send(
        "PATCH",
        api,
        """
        {"disableSchemaValidation": false, "routeSelectionExpression": "${request.body.a}",
         "apiKeySelectionExpression": "$request.header.x-api-key"}\
        """);
    model(api);
    String integration = webSocketIntegration(api);
    webSocketRoute(api, integration);
    deployments(api);
  }

  private void model(String api) {
    String model =
        send(
                "POST",
                api + "/models",
                """
                {"name": "M", "schema": "{}", "contentType": "text/json", "description": "d"}\
                """)
            .text("modelId");
    send(
        "PATCH",
        api + "/models/" + model,
        """
        {"name": "N", "schema": "{\\"a\\": 1}", "contentType": "application/json",
         "description": "e"}\
        """);
  }

  private String webSocketIntegration(String api) {
    String integration =
        send(
                "POST",
                api + "/integrations",
                """
                {"integrationType": "AWS", "integrationMethod": "POST", "integrationUri": "%s",
                 "credentialsArn": "arn:aws:iam::000000000000:role/r",
                 "contentHandlingStrategy": "CONVERT_TO_TEXT", "passthroughBehavior": "NEVER",
                 "requestTemplates": {"$default": "x"},
                 "requestParameters": {"integration.request.header.a": "'b'"},
                 "templateSelectionExpression": "${request.body.t}"}\
                """
                    .formatted(FUNCTION))
            .text("integrationId");
    String path = api + "/integrations/" + integration;
    send(
        "PATCH",
        path,
        """
        {"credentialsArn": "arn:aws:iam::000000000000:role/s",
         "contentHandlingStrategy": "CONVERT_TO_BINARY",
         "passthroughBehavior": "WHEN_NO_TEMPLATES", "requestTemplates": {"$default": "y"},
         "templateSelectionExpression": "t"}\
        """);
    String response =
        send(
                "POST",
                path + "/integrationresponses",
                """
                {"integrationResponseKey": "$default", "templateSelectionExpression": "t",
                 "contentHandlingStrategy": "CONVERT_TO_TEXT",
                 "responseTemplates": {"t": "x"}, "responseParameters": {"a": "'b'"}}\
                """)
            .text("integrationResponseId");
    send(
        "PATCH",
        path + "/integrationresponses/" + response,
        """
        {"integrationResponseKey": "/2../", "templateSelectionExpression": "u",
         "contentHandlingStrategy": "CONVERT_TO_BINARY",
         "responseTemplates": {"t": "y"}, "responseParameters": {"a": "'c'"}}\
        """);
    return integration;
  }

  private void webSocketRoute(String api, String integration) {
    String authorizer =
        send(
                "POST",
                api + "/authorizers",
                """
                {"name": "r", "authorizerType": "REQUEST", "authorizerUri": "%s",
                 "identitySource": ["route.request.header.A"]}\
                """
                    .formatted(INVOCATION))
            .text("authorizerId");
    String members =
        """
        {"routeKey": "$connect", "apiKeyRequired": true, "authorizationType": "CUSTOM",
         "authorizerId": "%s", "modelSelectionExpression": "$request.body.m",
         "operationName": "o", "requestModels": {"m": "N"},
         "requestParameters": {"route.request.header.a": {"required": true}},
         "routeResponseSelectionExpression": "$default", "target": "integrations/%s"}\
        """
            .formatted(authorizer, integration);
    String route = send("POST", api + "/routes", members).text("routeId");
    send("PATCH", api + "/routes/" + route, members.replace("\"o\"", "\"p\""));
    String response =
        send(
                "POST",
                api + "/routes/" + route + "/routeresponses",
                """
                {"routeResponseKey": "$default", "modelSelectionExpression": "m",
                 "responseModels": {"m": "N"}, "responseParameters": {"a": {"required": true}}}\
                """)
            .text("routeResponseId");
    send(
        "PATCH",
        api + "/routes/" + route + "/routeresponses/" + response,
        """
        {"routeResponseKey": "$default", "modelSelectionExpression": "n",
         "responseModels": {"n": "N"}, "responseParameters": {"a": {"required": false}}}\
        """);
  }

  private void deployments(String api) {
    String first =
        send("POST", api + "/deployments", "{\"description\": \"d\"}").text("deploymentId");
    send("PATCH", api + "/deployments/" + first, "{\"description\": \"e\"}");
    String members =
        """
        {%s "deploymentId": "%s", "clientCertificateId": "c", "description": "d",
         "accessLogSettings": {"format": "$context.requestId", "destinationArn":
           "arn:aws:logs:us-east-1:000000000000:log-group:g"},
         "defaultRouteSettings": {"dataTraceEnabled": false, "detailedMetricsEnabled": true,
           "loggingLevel": "OFF", "throttlingBurstLimit": 5, "throttlingRateLimit": 1.5},
         "routeSettings": {"$connect": {"dataTraceEnabled": false,
           "detailedMetricsEnabled": true, "loggingLevel": "OFF", "throttlingBurstLimit": 0,
           "throttlingRateLimit": 0.5}},
         "stageVariables": {"a": "b"}}\
        """;
    send(
        "POST",
        api + "/stages",
        members.formatted("\"stageName\": \"s\", \"tags\": {\"a\": \"b\"},", first));
    send("POST", api + "/deployments", "{\"stageName\": \"s\"}");
    send("PATCH", api + "/stages/s", members.formatted("", first));
    send("POST", api + "/stages", "{\"stageName\": \"auto\", \"autoDeploy\": true}");
    send("PATCH", api + "/stages/auto", "{\"autoDeploy\": false}");
  }

  private void domains() {
    String configuration =
        """
        [{"certificateArn": "arn:c", "certificateName": "n", "endpointType": "REGIONAL",
          "certificateUploadDate": "2026-01-01T00:00:00Z", "ipAddressType": "dualstack",
          "ownershipVerificationCertificateArn": "arn:o", "securityPolicy": "TLS_1_2",
          "apiGatewayDomainName": "d-a.test", "domainNameStatus": "AVAILABLE",
          "domainNameStatusMessage": "m", "hostedZoneId": "Z"}]\
        """;
    send(
        "POST",
        "/v2/domainnames",
        """
        {"domainName": "d.example.com", "routingMode": "ROUTING_RULE_THEN_API_MAPPING",
         "tags": {"a": "b"}, "domainNameConfigurations": %s, "mutualTlsAuthentication":
         {"truststoreUri": "s3://bucket/key", "truststoreVersion": "1"}}\
        """
            .formatted(configuration));
    String domain = "/v2/domainnames/d.example.com";
    send(
        "PATCH",
        domain,
        """
        {"routingMode": "ROUTING_RULE_ONLY", "domainNameConfigurations": %s,
         "mutualTlsAuthentication":
         {"truststoreUri": "s3://bucket/other/key", "truststoreVersion": "2"}}\
        """
            .formatted(configuration));
    String api = console.httpApi();
    console.post("/v2/apis/" + api + "/stages", "{\"stageName\": \"s\"}").ok(201);
    String mapping =
        send(
                "POST",
                domain + "/apimappings",
                "{\"apiId\": \"%s\", \"stage\": \"s\", \"apiMappingKey\": \"a/b\"}".formatted(api))
            .text("apiMappingId");
    send(
        "PATCH",
        domain + "/apimappings/" + mapping,
        "{\"apiId\": \"%s\", \"stage\": \"s\", \"apiMappingKey\": \"c\"}".formatted(api));
    rules(domain, api);
  }

  private void rules(String domain, String api) {
    String members =
        """
        {"priority": 1, "conditions": [{"matchBasePaths": {"anyOf": ["a"]}},
         {"matchHeaders": {"anyOf": [{"header": "h", "valueGlob": "*v*"}]}}],
         "actions": [{"invokeApi": {"apiId": "%s", "stage": "s", "stripBasePath": true}}]}\
        """
            .formatted(api);
    String rule = send("POST", domain + "/routingrules", members).text("routingRuleId");
    send("PUT", domain + "/routingrules/" + rule, members.replace("\"a\"", "\"b\""));
  }

  private void links() {
    String link =
        send(
                "POST",
                "/v2/vpclinks",
                """
                {"name": "l", "subnetIds": ["s"], "securityGroupIds": ["g"],
                 "tags": {"a": "b"}}\
                """)
            .text("vpcLinkId");
    send("PATCH", "/v2/vpclinks/" + link, "{\"name\": \"m\"}");
    trips.tag("arn:aws:apigateway:us-east-1::/vpclinks/" + link);
  }

  private Answer send(String method, String target, String json) {
    return trips.send(method, target, json);
  }
}
