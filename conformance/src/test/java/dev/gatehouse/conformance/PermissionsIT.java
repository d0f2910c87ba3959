package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.Vector;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;

class PermissionsIT {
  private static final String ISE = "{\"message\":\"Internal Server Error\"}";

  @Test
  @Vector({"K64", "K66"})
  void aPermissionForAnyRouteLetsAnyRouteIn() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        String arn = Functions.create(lambda, "k64", Probe.class, 20);
        api.routes(api.function(arn), "GET /pets", "POST /pets", "$default");
        api.serve();
        String statement = permit(lambda, "k64", arn, api.id() + "/*/*");

        JsonNode parsed = Reply.parse(statement);
        assertThat(parsed.at("/Condition/ArnLike/AWS:SourceArn").asString())
            .endsWith(":" + api.id() + "/*/*");
        assertThat(parsed.at("/Principal/Service").asString())
            .isEqualTo("apigateway.amazonaws.com");
        assertThat(api.get("/pets").status()).isEqualTo(200);
        assertThat(api.send("POST", "/pets", "").status()).isEqualTo(200);
        assertThat(api.get("/other").status()).isEqualTo(200);

        lambda.removePermission(r -> r.functionName("k64").statementId("api"));
        assertThat(api.get("/pets").status()).isEqualTo(500);
        assertThat(api.get("/pets").text()).isEqualTo(ISE);
        lambda.deleteFunction(r -> r.functionName("k64"));
      }
    });
  }

  @Test
  @Vector("K65")
  void aPermissionForOneRouteKeepsAnotherOut() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda();
          HttpApi api = HttpApi.create(gw)) {
        String arn = Functions.create(lambda, "k65", Probe.class, 20);
        api.routes(api.function(arn), "GET /pets", "POST /pets");
        api.serve();
        permit(lambda, "k65", arn, api.id() + "/*/GET/pets");

        assertThat(api.get("/pets").status()).isEqualTo(200);
        Reply denied = api.send("POST", "/pets", "");
        assertThat(denied.status()).isEqualTo(500);
        assertThat(denied.text()).isEqualTo(ISE);
        lambda.deleteFunction(r -> r.functionName("k65"));
      }
    });
  }

  /** Lets API Gateway invoke a function, in the account and region of its ARN. */
  private static String permit(LambdaClient lambda, String name, String arn, String source) {
    String account = arn.split(":")[4];
    return lambda
        .addPermission(r ->
            r.functionName(name)
                .statementId("api")
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .sourceArn("arn:aws:execute-api:us-east-1:" + account + ":" + source))
        .statement();
  }

  @Test
  @Vector({"K67", "K68"})
  void statementsHaveIdsAndPoliciesMayBeMissing() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        String arn = lambda.createFunction(Functions.request("k67", Probe.class, 3)).functionArn();
        assertThatThrownBy(() -> lambda.getPolicy(r -> r.functionName("k67")))
            .isInstanceOf(ResourceNotFoundException.class)
            .hasMessageContaining("The resource you requested does not exist.");
        permit(lambda, "k67", arn, "a/*/*");
        assertThatThrownBy(() -> permit(lambda, "k67", arn, "b/*/*"))
            .isInstanceOf(ResourceConflictException.class)
            .hasMessageContaining(
                "The statement id (api) provided already exists. Please provide a new"
                    + " statement id, or remove the existing statement.");
        JsonNode policy = Reply.parse(lambda.getPolicy(r -> r.functionName("k67")).policy());
        assertThat(policy.path("Version").asString()).isEqualTo("2012-10-17");
        assertThat(policy.path("Id").asString()).isEqualTo("default");
        assertThat(policy.path("Statement").size()).isEqualTo(1);
        lambda.deleteFunction(r -> r.functionName("k67"));
      }
    });
  }

  @Test
  @Vector("K69")
  void thereAreThreeWaysToInvoke() throws Exception {
    withGatehouse((gw, http) -> {
      try (LambdaClient lambda = gw.lambda()) {
        Functions.create(lambda, "k69", Probe.class, 20);
        assertThat(invoke(lambda, InvocationType.DRY_RUN).statusCode()).isEqualTo(204);
        assertThat(invoke(lambda, InvocationType.EVENT).statusCode()).isEqualTo(202);
        InvokeResponse answered = invoke(lambda, InvocationType.REQUEST_RESPONSE);
        assertThat(answered.statusCode()).isEqualTo(200);
        assertThat(answered.functionError()).isNull();
        assertThat(answered.executedVersion()).isEqualTo("$LATEST");
        assertThat(answered.payload().asUtf8String()).isEqualTo("{\"hello\":1}");
        lambda.deleteFunction(r -> r.functionName("k69"));
        assertThatThrownBy(() -> invoke(lambda, InvocationType.REQUEST_RESPONSE))
            .isInstanceOf(ResourceNotFoundException.class);
      }
    });
  }

  private static InvokeResponse invoke(LambdaClient lambda, InvocationType type) {
    return lambda.invoke(r ->
        r.functionName("k69")
            .invocationType(type)
            .payload(SdkBytes.fromUtf8String("{\"hello\":1}")));
  }
}
