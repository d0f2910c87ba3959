package dev.gatehouse.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import tools.jackson.databind.JsonNode;

/** The vectors K64 to K68 of the control plane's specification. */
class PermissionTest {
  private static final String API = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5";
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:";

  @TempDir static Path data;
  private static LambdaServer server;
  private static byte[] echo;
  private String name = "";

  @BeforeAll
  static void start() throws IOException {
    server = LambdaServer.start(data);
    echo = HandlerZip.stream("in.transferTo(out);");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void create(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    server.create(name, echo);
  }

  @Test
  void k64AStatementForEveryRouteLetsEveryRouteInvoke() throws Exception {
    String statement = allow("all", "/*/*", request -> {});

    assertThat(statement)
        .isEqualTo(
            "{\"Sid\":\"all\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                + "\"apigateway.amazonaws.com\"},\"Action\":\"lambda:InvokeFunction\",\"Resource\":\""
                + (ARN + name)
                + "\",\"Condition\":{\"ArnLike\":{\"AWS:SourceArn\":\""
                + API
                + "/*/*\"}}}");
    assertThat(invoke("/$default/GET/pets/{id}")).isInstanceOf(InvokeOutcome.Returned.class);
    assertThat(invoke("/$default/$default")).isInstanceOf(InvokeOutcome.Returned.class);
  }

  @Test
  void k65AStatementForOneRouteDeniesTheOthers() throws Exception {
    allow("one", "/*/GET/pets", request -> {});

    assertThat(invoke("/prod/GET/pets")).isInstanceOf(InvokeOutcome.Returned.class);
    assertThat(invoke("/prod/POST/pets")).isEqualTo(new InvokeOutcome.Denied());
  }

  @Test
  void k66ARemovedPermissionDenies() throws Exception {
    allow("gone", "/*/*", request -> {});
    assertThat(invoke("/prod/GET/pets")).isInstanceOf(InvokeOutcome.Returned.class);

    server.client().removePermission(r -> r.functionName(name).statementId("gone"));

    assertThat(invoke("/prod/GET/pets")).isEqualTo(new InvokeOutcome.Denied());
    refused(() -> policy(), 404, "The resource you requested does not exist.");
    refused(
        () -> server.client().removePermission(r -> r.functionName(name).statementId("gone")),
        404,
        "No policy is associated with the given resource.");
  }

  @Test
  void k67AStatementIdIsTakenOnce() {
    allow("same", "/*/*", request -> {});

    refused(
        () -> allow("same", "/*/GET/x", request -> {}),
        409,
        "The statement id (same) provided already exists. Please provide a new statement id, or"
            + " remove the existing statement.");
  }

  @Test
  void k68WithoutAPolicyThereIsNothingToGet() {
    refused(() -> policy(), 404, "The resource you requested does not exist.");
  }

  @Test
  void noPolicyDeniesTheGatewayButNotADirectCall() throws Exception {
    assertThat(invoke("/prod/GET/pets")).isEqualTo(new InvokeOutcome.Denied());
    assertThat(server.invoke(name, "1").payload().asUtf8String()).isEqualTo("1");
  }

  @Test
  void theAccountOfTheApiIsACondition() throws Exception {
    allow("other", "/*/*", request -> request.sourceAccount("999999999999"));
    assertThat(invoke("/prod/GET/pets")).isEqualTo(new InvokeOutcome.Denied());

    allow("own", "/*/*", request -> request.sourceAccount("123456789012"));
    assertThat(invoke("/prod/GET/pets")).isInstanceOf(InvokeOutcome.Returned.class);
  }

  @Test
  void aPolicyOfTheFunctionDoesNotCoverAQualifiedInvocation() throws Exception {
    allow("all", "/*/*", request -> {});

    assertThat(invoke(ARN + name + ":$LATEST", "/prod/GET/pets"))
        .isEqualTo(new InvokeOutcome.Denied());
    assertThat(invoke(ARN + name + ":live", "/prod/GET/pets"))
        .isEqualTo(new InvokeOutcome.Missing());
    assertThat(invoke(ARN + "nobody", "/prod/GET/pets")).isEqualTo(new InvokeOutcome.Missing());
  }

  @Test
  void thePolicyHoldsWhatWasAddedInOrder() {
    allow("first", "/*/*", request -> {});
    server
        .client()
        .addPermission(r ->
            r.functionName(name)
                .statementId("second")
                .action("lambda:GetFunction")
                .principal("210987654321"));
    allow("third", "/*/*", request -> request.principal("*"));

    JsonNode policy = Json.mapper().readTree(policy());

    assertThat(policy.path("Version").stringValue()).isEqualTo("2012-10-17");
    assertThat(policy.path("Id").stringValue()).isEqualTo("default");
    assertThat(policy.path("Statement").size()).isEqualTo(3);
    assertThat(policy.path("Statement").path(1).path("Principal").path("AWS").stringValue())
        .isEqualTo("arn:aws:iam::210987654321:root");
    assertThat(policy.path("Statement").path(2).path("Principal").stringValue()).isEqualTo("*");
    refused(
        () -> server.client().removePermission(r -> r.functionName(name).statementId("fourth")),
        404,
        "Statement fourth is not found in resource policy.");
  }

  @Test
  void whatCannotBeAddedIsRefusedWithAwsTexts() {
    refused(
        () -> allow("x", "/*/*", request -> request.qualifier("$LATEST")),
        400,
        "We currently do not support adding policies for $LATEST.");
    refused(
        () -> allow("x", "/*/*", request -> request.principal("invalid.nowhere")),
        400,
        "The provided principal was invalid. Please check the principal and try again.");
    refused(
        () -> allow("not valid", "/*/*", request -> {}),
        400,
        "1 validation error detected: Value 'not valid' at 'statementId' failed to satisfy"
            + " constraint: Member must satisfy regular expression pattern:");
    refused(
        () -> allow("x", "/*/*", request -> request.functionName("nobody")),
        404,
        "Function not found: " + ARN + "nobody");
    refused(
        () -> allow("x", "/*/*", request -> request.qualifier("7")),
        404,
        "Function not found: " + ARN + name + ":7");
    refused(
        () -> allow("x", "/*/*", request -> request.qualifier("live")),
        404,
        "Cannot find alias arn: " + ARN + name + ":live");
    refused(
        () -> allow("x", "/*/*", request -> request.qualifier("a b")),
        400,
        "1 validation error detected: Value 'a b' at 'qualifier' failed to satisfy constraint");
    refused(
        () -> server.client().removePermission(r -> r.functionName("nobody").statementId("x")),
        404,
        "No policy found for: " + ARN + "nobody");
    refused(
        () -> allow("x", "/*/*", request -> request.revisionId("an-old-one")),
        412,
        "The Revision Id provided does not match the latest Revision Id.");
  }

  @Test
  void thePolicyGoesWithItsFunction() throws Exception {
    allow("all", "/*/*", request -> {});

    server.client().deleteFunction(r -> r.functionName(name));
    assertThat(invoke("/prod/GET/pets")).isEqualTo(new InvokeOutcome.Missing());
    server.create(name, echo);

    refused(() -> policy(), 404, "The resource you requested does not exist.");
    assertThat(invoke("/prod/GET/pets")).isEqualTo(new InvokeOutcome.Denied());
  }

  private String allow(String id, String route, Consumer<AddPermissionRequest.Builder> more) {
    return server
        .client()
        .addPermission(request -> {
          request
              .functionName(name)
              .statementId(id)
              .action("lambda:InvokeFunction")
              .principal("apigateway.amazonaws.com")
              .sourceArn(API + route);
          more.accept(request);
        })
        .statement();
  }

  private String policy() {
    return server.client().getPolicy(request -> request.functionName(name)).policy();
  }

  private InvokeOutcome invoke(String route) throws InterruptedException {
    return invoke(ARN + name, route);
  }

  private InvokeOutcome invoke(String arn, String route) throws InterruptedException {
    byte[] event = "{}".getBytes(StandardCharsets.UTF_8);
    InvokeRequest request = new InvokeRequest(arn, API + route, "123456789012", event);
    return server.functions().invoke(request).outcome();
  }

  private static void refused(ThrowingCallable call, int status, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LambdaException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(status);
              assertThat(e.awsErrorDetails().errorMessage()).startsWith(text);
            });
  }
}
