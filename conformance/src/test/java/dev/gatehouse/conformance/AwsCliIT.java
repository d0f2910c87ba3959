package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.AwsCli;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of an API with a function through the unmodified AWS CLI. */
class AwsCliIT {
  @TempDir Path directory;

  @Test
  void aFunctionBehindAnApiFromCreationToDeletion() throws Exception {
    withGatehouse((gw, http) -> {
      AwsCli aws = gw.cli();
      String arn = createFunction(aws);
      JsonNode api =
          aws.json("apigatewayv2", "create-api", "--name", "cli", "--protocol-type", "HTTP");
      String id = api.path("ApiId").asString();
      createRoute(aws, id, arn);
      permit(aws, arn, id);
      assertServed(http, api.path("ApiEndpoint").asString());
      assertConflict(aws, id);
      takeDown(aws, id);
    });
  }

  private String createFunction(AwsCli aws) throws Exception {
    Path zip = Files.write(directory.resolve("cli.zip"), Functions.zip(Probe.class));
    return aws.json(
            "lambda",
            "create-function",
            "--function-name",
            "cli",
            "--runtime",
            "java25",
            "--role",
            "arn:aws:iam::000000000000:role/lambda",
            "--handler",
            Probe.class.getName(),
            "--timeout",
            "20",
            "--zip-file",
            "fileb://" + zip)
        .path("FunctionArn")
        .asString();
  }

  private static void createRoute(AwsCli aws, String id, String arn) throws Exception {
    String integration =
        aws.json(
                "apigatewayv2",
                "create-integration",
                "--api-id",
                id,
                "--integration-type",
                "AWS_PROXY",
                "--integration-uri",
                arn,
                "--payload-format-version",
                "2.0")
            .path("IntegrationId")
            .asString();
    aws.json(
        "apigatewayv2",
        "create-route",
        "--api-id",
        id,
        "--route-key",
        "GET /hello",
        "--target",
        "integrations/" + integration);
    aws.json(
        "apigatewayv2",
        "create-stage",
        "--api-id",
        id,
        "--stage-name",
        "$default",
        "--auto-deploy");
  }

  private static void permit(AwsCli aws, String arn, String id) throws Exception {
    aws.json(
        "lambda",
        "add-permission",
        "--function-name",
        "cli",
        "--statement-id",
        "apigateway-access",
        "--action",
        "lambda:InvokeFunction",
        "--principal",
        "apigateway.amazonaws.com",
        "--source-arn",
        "arn:aws:execute-api:us-east-1:" + arn.split(":")[4] + ":" + id + "/*/*");
  }

  private static void assertServed(Http http, String endpoint) throws IOException {
    Reply reply = http.get(URI.create(endpoint + "/hello").getRawPath());
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    assertThat(reply.json().path("routeKey").asString()).isEqualTo("GET /hello");
  }

  private static void assertConflict(AwsCli aws, String id) throws Exception {
    AwsCli.Result again =
        aws.run("apigatewayv2", "create-route", "--api-id", id, "--route-key", "GET /hello");
    assertThat(again.exit()).isEqualTo(254);
    assertThat(again.err())
        .contains("ConflictException", "Route with key GET /hello already exists for this API");
  }

  private static void takeDown(AwsCli aws, String id) throws Exception {
    aws.json("apigatewayv2", "delete-api", "--api-id", id);
    aws.json(
        "lambda",
        "remove-permission",
        "--function-name",
        "cli",
        "--statement-id",
        "apigateway-access");
    AwsCli.Result policy = aws.run("lambda", "get-policy", "--function-name", "cli");
    assertThat(policy.exit()).isEqualTo(254);
    assertThat(policy.err()).contains("ResourceNotFoundException");
    aws.json("lambda", "delete-function", "--function-name", "cli");
    AwsCli.Result gone = aws.run("apigatewayv2", "get-api", "--api-id", id);
    assertThat(gone.exit()).isEqualTo(254);
    assertThat(gone.err()).contains("NotFoundException");
  }
}
