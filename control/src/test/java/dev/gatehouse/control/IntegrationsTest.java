package dev.gatehouse.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.control.Console.Answer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationsTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

  private static final String LISTENER =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/a/b/c";
  private static final String ROLE = "arn:aws:iam::000000000000:role/r";
  private static final String WITH_ROLE = ",\"credentialsArn\":\"" + ROLE + "\"";

  /** Every subtype with the parameters it needs, as http-api.md section 7 has them. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "EventBridge-PutEvents", "Detail DetailType Source",
          "SQS-SendMessage", "QueueUrl MessageBody",
          "SQS-ReceiveMessage", "QueueUrl",
          "SQS-DeleteMessage", "ReceiptHandle QueueUrl",
          "SQS-PurgeQueue", "QueueUrl",
          "AppConfig-GetConfiguration", "Application Environment Configuration ClientId",
          "Kinesis-PutRecord", "StreamName Data PartitionKey",
          "StepFunctions-StartExecution", "StateMachineArn",
          "StepFunctions-StartSyncExecution", "StateMachineArn",
          "StepFunctions-StopExecution", "ExecutionArn");

  @TempDir Path data;
  private Console console;
  private String api;
  private String integrations;
  private String webSocket;

  @BeforeEach
  void open() {
    console = new Console(data);
    api = console.httpApi();
    integrations = "/v2/apis/" + api + "/integrations";
    webSocket = "/v2/apis/" + console.webSocketApi() + "/integrations";
  }

  @AfterEach
  void close() {
    console.close();
  }

  private Answer http(String more) {
    return console.post(
        integrations,
        "{\"integrationType\":\"HTTP_PROXY\",\"integrationMethod\":\"GET\","
            + "\"integrationUri\":\"https://b.test/x\",\"payloadFormatVersion\":\"1.0\""
            + more
            + "}");
  }

  @Test
  void anHttpProxyHasItsDefaultsOnly() { // K25
    Answer answer = http("").ok(201);
    assertThat(answer.text("integrationId")).matches("[a-z0-9]{7}");
    assertThat(
            answer.is(
                """
                {"integrationId": "%s", "integrationType": "HTTP_PROXY",
                 "integrationMethod": "GET", "integrationUri": "https://b.test/x",
                 "payloadFormatVersion": "1.0", "connectionType": "INTERNET",
                 "timeoutInMillis": 30000}\
                """
                    .formatted(answer.text("integrationId"))))
        .isTrue();
  }

  @Test
  void aPayloadFormatVersionIsRequired() { // K20
    String json = "{\"integrationType\":\"AWS_PROXY\",\"integrationUri\":\"" + FUNCTION + "\"}";
    assertThat(console.post(integrations, json).ok(400).message())
        .isEqualTo("PayloadFormatVersion is a required parameter for integration");
  }

  @Test
  void onlyProxiesGoWithHttpApis() { // K21
    assertThat(console.post(integrations, "{\"integrationType\":\"MOCK\"}").ok(400).message())
        .isEqualTo(
            "Currently, an API with a protocol type of HTTP may only be associated with proxy"
                + " integrations (AWS_PROXY, HTTP_PROXY)");
  }

  @Test
  void aFunctionIsCalledWithPost() {
    for (String uri :
        new String[] {
          FUNCTION,
          FUNCTION + ":live",
          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
              + FUNCTION
              + ":${stageVariables.v}/invocations"
        }) {
      Answer answer =
          console
              .post(
                  integrations,
                  "{\"integrationType\":\"AWS_PROXY\",\"payloadFormatVersion\":\"2.0\","
                      + "\"integrationUri\":\""
                      + uri
                      + "\"}")
              .ok(201);
      assertThat(answer.text("integrationMethod")).isEqualTo("POST");
      assertThat(answer.text("integrationUri")).isEqualTo(uri);
    }
  }

  @Test
  void aWebSocketMockHasItsDefaults() { // K22, K23
    Answer mock = console.post(webSocket, "{\"integrationType\":\"MOCK\"}").ok(201);
    assertThat(
            mock.is(
                """
                {"integrationId": "%s", "integrationType": "MOCK", "connectionType": "INTERNET",
                 "passthroughBehavior": "WHEN_NO_MATCH", "timeoutInMillis": 29000,
                 "payloadFormatVersion": "1.0",
                 "integrationResponseSelectionExpression":
                   "${integration.response.statuscode}"}\
                """
                    .formatted(mock.text("integrationId"))))
        .isTrue();
    String aws =
        "{\"integrationType\":\"AWS\",\"integrationMethod\":\"POST\",\"integrationUri\":\""
            + FUNCTION
            + "\"}";
    assertThat(console.post(webSocket, aws).ok(201).text("integrationResponseSelectionExpression"))
        .isEqualTo("${integration.response.body.errorMessage}");
  }

  @Test
  void timeoutsHaveBounds() { // K24
    assertThat(http(",\"timeoutInMillis\":30001").status()).isEqualTo(400);
    assertThat(http(",\"timeoutInMillis\":49").status()).isEqualTo(400);
    assertThat(http(",\"timeoutInMillis\":50").status()).isEqualTo(201);
    String json = "{\"integrationType\":\"MOCK\",\"timeoutInMillis\":29001}";
    assertThat(console.post(webSocket, json).status()).isEqualTo(400);
  }

  @Test
  void mappingsAreParsedAtCreation() {
    String good =
        "\"overwrite:path\":\"$request.path\",\"append:header.x\":\"${request.path.a}-b\","
            + "\"remove:querystring.q\":\"''\"";
    http(",\"requestParameters\":{" + good + "}").ok(201);
    for (String bad :
        new String[] {
          "\"overwrite:header.Authorization\":\"x\"",
          "\"append:header.X-Amz-Foo\":\"x\"",
          "\"append:header.a\":\"$request.nothing.a\"",
          "\"append:header.a\":\"$response.header.b\"",
          "\"append:path\":\"/x\"",
          "\"overwrite:statuscode\":\"200\"",
          "\"set:header.a\":\"b\"",
          "\"remove:header.a\":\"b\""
        }) {
      assertThat(http(",\"requestParameters\":{" + bad + "}").status()).as(bad).isEqualTo(400);
    }
    http(",\"responseParameters\":{\"200\":{\"overwrite:statuscode\":\"201\"}}").ok(201);
    for (String bad :
        new String[] {
          "\"199\":{\"append:header.a\":\"b\"}",
          "\"200\":{\"append:querystring.a\":\"b\"}",
          "\"200\":{\"append:header.a\":\"$request.header.b\"}",
          "\"200\":{\"overwrite:statuscode\":\"20\"}"
        }) {
      assertThat(http(",\"responseParameters\":{" + bad + "}").status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void anUpdateMergesMappingsByKeyAndClearsEmptyOnes() {
    String id =
        http(",\"requestParameters\":{\"append:header.a\":\"1\",\"append:header.b\":\"2\"},"
                + "\"responseParameters\":{\"200\":{\"append:header.a\":\"1\"},"
                + "\"404\":{\"append:header.a\":\"1\"}}")
            .ok(201)
            .text("integrationId");
    Answer updated =
        console
            .patch(
                integrations + "/" + id,
                "{\"requestParameters\":{\"append:header.a\":\"\",\"append:header.c\":\"3\"},"
                    + "\"responseParameters\":{\"404\":{}},\"timeoutInMillis\":100}")
            .ok(200);
    assertThat(updated.body().get("requestParameters"))
        .hasToString("{\"append:header.b\":\"2\",\"append:header.c\":\"3\"}");
    assertThat(updated.body().get("responseParameters"))
        .hasToString("{\"200\":{\"append:header.a\":\"1\"}}");
    assertThat(updated.body().get("timeoutInMillis").intValue()).isEqualTo(100);
    assertThat(updated.text("integrationUri")).isEqualTo("https://b.test/x");
    Answer cleared =
        console
            .patch(
                integrations + "/" + id,
                "{\"requestParameters\":{\"append:header.b\":\"\",\"append:header.c\":\"\"}}")
            .ok(200);
    assertThat(cleared.body().has("requestParameters")).isFalse();
  }

  @Test
  void anIntegrationInUseStays() { // K26, K27
    String id = console.integration(api);
    String routes = "/v2/apis/" + api + "/routes";
    String route =
        console
            .post(routes, "{\"routeKey\":\"GET /a\",\"target\":\"integrations/" + id + "\"}")
            .ok(201)
            .text("routeId");
    Answer refused = console.delete(integrations + "/" + id).ok(409);
    assertThat(refused.message())
        .isEqualTo(
            "Cannot delete Integration because it is referenced by the following Routes with Ids:"
                + " ["
                + route
                + "]");
    console.delete(routes + "/" + route).ok(204);
    console.delete(integrations + "/" + id).ok(204);
    assertThat(console.get(integrations + "/" + id).status()).isEqualTo(404);
  }

  private Answer viaLink(String link, String uri) {
    return console.post(
        integrations,
        """
        {"integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "integrationUri": "%s",
         "payloadFormatVersion": "1.0", "connectionType": "VPC_LINK", "connectionId": "%s",
         "tlsConfig": {"serverNameToVerify": "b.test"}}\
        """
            .formatted(uri, link));
  }

  private String link() {
    return console
        .post("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"s\"]}")
        .ok(201)
        .text("vpcLinkId");
  }

  @Test
  void aPrivateIntegrationNeedsALinkThatExistsAndAnArn() {
    String link = link();
    viaLink(link, LISTENER).ok(201);
    viaLink(link, "arn:aws:servicediscovery:us-east-1:000000000000:service/srv-1?a=b").ok(201);
    assertThat(viaLink("nope", LISTENER).ok(404).message()).contains("nope");
    for (String uri : new String[] {"https://b.test", "arn:aws:s3:::b", FUNCTION, "arn:"}) {
      assertThat(viaLink(link, uri).status()).as(uri).isEqualTo(400);
    }
    assertThat(http(",\"connectionType\":\"VPC_LINK\"").status()).isEqualTo(400);
    assertThat(http(",\"connectionId\":\"" + link + "\"").status()).isEqualTo(400);
    assertThat(http(",\"tlsConfig\":{\"serverNameToVerify\":\"b.test\"}").status()).isEqualTo(400);
    String lambda =
        """
        {"integrationType": "AWS_PROXY", "integrationUri": "%s", "payloadFormatVersion": "2.0",
         "connectionType": "VPC_LINK", "connectionId": "%s"}\
        """;
    assertThat(console.post(integrations, lambda.formatted(FUNCTION, link)).status())
        .isEqualTo(400);
  }

  @Test
  void aLinkInUseStaysUntilTheIntegrationLeavesIt() {
    String link = link();
    String integration = viaLink(link, LISTENER).ok(201).text("integrationId");
    String route =
        console
            .post(
                "/v2/apis/" + api + "/routes",
                "{\"routeKey\":\"GET /a\",\"target\":\"integrations/" + integration + "\"}")
            .ok(201)
            .text("routeId");
    assertThat(console.delete("/v2/vpclinks/" + link).ok(400).message())
        .isEqualTo(
            "Cannot delete vpc link. Vpc link '%s', is referenced in [ANY:%s] in format of"
                    .formatted(link, route)
                + " [Method:Resource].");
    String path = integrations + "/" + integration;
    assertThat(console.patch(path, "{\"connectionType\":\"INTERNET\"}").status()).isEqualTo(400);
    Answer moved =
        console
            .patch(
                path,
                """
                {"connectionType": "INTERNET", "connectionId": "", "tlsConfig": {},
                 "integrationUri": "https://b.test"}\
                """)
            .ok(200);
    assertThat(moved.body().has("connectionId")).isFalse();
    assertThat(moved.body().has("tlsConfig")).isFalse();
    console.delete("/v2/vpclinks/" + link).ok(202);
  }

  private Answer service(String subtype, String more) {
    return console.post(
        integrations,
        """
        {"integrationType": "AWS_PROXY", "integrationSubtype": "%s",
         "payloadFormatVersion": "1.0" %s}\
        """
            .formatted(subtype, more));
  }

  private Answer service(String subtype, Collection<String> parameters, String value) {
    String given =
        parameters.stream()
            .map(each -> "\"" + each + "\":\"" + value + "\"")
            .collect(Collectors.joining(","));
    return service(subtype, WITH_ROLE + ",\"requestParameters\":{" + given + "}");
  }

  @Test
  void anActionNeedsItsParametersAndTakesNoOthers() {
    REQUIRED.forEach((subtype, required) -> {
      List<String> names = List.of(required.split(" "));
      assertThat(service(subtype, names, "$request.body.a").ok(201).body().has("integrationMethod"))
          .isFalse();
      for (String missing : names) {
        List<String> others = names.stream().filter(name -> !name.equals(missing)).toList();
        assertThat(service(subtype, others, "x").ok(400).message())
            .contains(subtype + " needs " + missing);
      }
      assertThat(service(subtype, names, "").status()).isEqualTo(400);
      assertThat(service(subtype, names, "$response.body.a").status()).isEqualTo(400);
      assertThat(service(subtype, names, "$nothing").status()).isEqualTo(400);
      List<String> more = Stream.concat(names.stream(), Stream.of("Region")).toList();
      service(subtype, more, "{${request.header.a}").ok(201);
      List<String> wrong = Stream.concat(names.stream(), Stream.of("Nothing")).toList();
      assertThat(service(subtype, wrong, "x").ok(400).message()).contains("takes no Nothing");
    });
  }

  @Test
  void anActionGoesWithARoleAndVersion1Alone() {
    String json =
        """
        {"integrationType": "AWS_PROXY", "integrationSubtype": "SQS-PurgeQueue",
         "payloadFormatVersion": "1.0", "credentialsArn": "%s",
         "requestParameters": {"QueueUrl": "q"}}\
        """
            .formatted(ROLE);
    console.post(integrations, json).ok(201);
    for (String wrong :
        new String[] {
          json.replace("SQS-PurgeQueue", "SQS-CreateQueue"),
          json.replace("AWS_PROXY", "HTTP_PROXY"),
          json.replace("\"1.0\"", "\"2.0\""),
          json.replace("\"credentialsArn\": \"" + ROLE + "\",", ""),
          json.replace(ROLE, "arn:aws:s3:::b"),
          json.replace("{\"integ", "{\"integrationUri\": \"" + FUNCTION + "\", \"integ"),
          json.replace("{\"integ", "{\"integrationMethod\": \"POST\", \"integ")
        }) {
      assertThat(wrong).isNotEqualTo(json);
      assertThat(console.post(integrations, wrong).ok(400).message())
          .containsAnyOf("Invalid ", "credentialsArn must not be empty");
    }
  }

  @Test
  void aRoleIsKeptUntilItIsCleared() {
    for (String role :
        new String[] {"arn:aws:iam::*:user/*", ROLE, ROLE + "/${stageVariables.r}"}) {
      Answer made = http(",\"credentialsArn\":\"" + role + "\"").ok(201);
      assertThat(made.text("credentialsArn")).isEqualTo(role);
    }
    for (String role : new String[] {"r", "arn:aws:s3:::b", "arn:aws:iam::1:role/r"}) {
      assertThat(http(",\"credentialsArn\":\"" + role + "\"").status()).as(role).isEqualTo(400);
    }
    String id = http(WITH_ROLE).ok(201).text("integrationId");
    Answer cleared = console.patch(integrations + "/" + id, "{\"credentialsArn\":\"\"}").ok(200);
    assertThat(cleared.body().has("credentialsArn")).isFalse();
  }

  @Test
  void quickCreatesRoleCanBeCleared() {
    String quick =
        console
            .post(
                "/v2/apis",
                "{\"name\":\"q\",\"protocolType\":\"HTTP\",\"target\":\""
                    + FUNCTION
                    + "\""
                    + WITH_ROLE
                    + "}")
            .ok(201)
            .text("apiId");
    String made = "/v2/apis/" + quick + "/integrations";
    assertThat(console.get(made).body().at("/items/0/credentialsArn").stringValue())
        .isEqualTo(ROLE);
    console.patch("/v2/apis/" + quick, "{\"credentialsArn\":\"\"}").ok(200);
    assertThat(console.get(made).body().at("/items/0").has("credentialsArn")).isFalse();
  }

  @Test
  void fieldsOfTheOtherProtocolAreRefused() {
    assertThat(http(",\"passthroughBehavior\":\"NEVER\"").status()).isEqualTo(400);
    assertThat(http(",\"contentHandlingStrategy\":\"CONVERT_TO_TEXT\"").status()).isEqualTo(400);
    String json =
        "{\"integrationType\":\"MOCK\",\"responseParameters\":{\"200\":{\"append:header.a\":\"1\"}}}";
    assertThat(console.post(webSocket, json).status()).isEqualTo(400);
  }
}
