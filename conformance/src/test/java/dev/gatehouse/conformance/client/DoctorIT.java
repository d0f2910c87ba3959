package dev.gatehouse.conformance.client;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Cors;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.HttpIntegration;
import dev.gatehouse.client.Integration;
import dev.gatehouse.client.JwtAuthorizerSpec;
import dev.gatehouse.client.LambdaIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.conformance.function.Probe;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Functions;
import dev.gatehouse.conformance.rig.Issuer;
import dev.gatehouse.conformance.rig.Program;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SharedGatehouse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import tools.jackson.databind.JsonNode;

/** Each cause that {@code gatehouse doctor} knows, brought about. */
class DoctorIT {
  @TempDir private Path directory;

  private Program.Result doctor(RunningGatehouse gw, Api api, String... more) throws Exception {
    String[] command = new String[3 + more.length];
    command[0] = RunningGatehouse.launcher().toString();
    command[1] = "doctor";
    command[2] = api.id();
    System.arraycopy(more, 0, command, 3, more.length);
    Map<String, String> environment = Map.of("AWS_ENDPOINT_URL", gw.url().toString());
    return Program.run(directory, environment, command);
  }

  private static Gateways gateways(RunningGatehouse gw) {
    return Gateways.builder()
        .endpoint(gw.url().toString())
        .region("us-east-1")
        .credentials("test", "test")
        .build();
  }

  @Test
  void anApiThatIsWellHasNoProblem() throws Exception {
    withGatehouse((gw, http) -> {
      try (Gateways gateways = gateways(gw);
          LambdaClient lambda = gw.lambda();
          S3Client s3 = gw.s3();
          Backend backend = Backend.start()) {
        s3.createBucket(r -> r.bucket("doctor-there"));
        String arn = Functions.create(lambda, "doctor-well", Probe.class, 20);
        lambda.updateFunctionConfiguration(r ->
            r.functionName("doctor-well")
                .environment(e -> e.variables(Map.of("IMAGE_BUCKET", "doctor-there"))));
        Api api = gateways.create(HttpApiSpec.named("well").cors(Cors.anyOrigin()));
        api.create(RouteSpec.of("ANY /f").to(api.create(LambdaIntegration.of(arn))));
        api.create(RouteSpec.of("GET /b").to(api.create(HttpIntegration.of(backend.url()))));
        api.create(StageSpec.of("prod"));
        Program.Result well = doctor(gw, api);
        assertThat(well.output()).isEqualTo("nothing is wrong with it\n");
        assertThat(well.exit()).isZero();
        api.delete();
        lambda.deleteFunction(r -> r.functionName("doctor-well"));
      }
    });
  }

  @Test
  void everyCauseIsFoundAndHasAFix() throws Exception {
    withGatehouse((gw, http) -> {
      Issuer issuer = SharedGatehouse.issuer();
      try (Gateways gateways = gateways(gw);
          LambdaClient lambda = gw.lambda();
          ApiGatewayV2Client sdk = gw.apis()) {
        String arn = Functions.create(lambda, "doctor-ill", Probe.class, 20);
        lambda.updateFunctionConfiguration(r ->
            r.functionName("doctor-ill")
                .environment(e -> e.variables(Map.of("IMAGE_BUCKET", "doctor-missing"))));
        Api api = gateways.create(HttpApiSpec.named("ill"));
        sdk.updateApi(r ->
            r.apiId(api.id())
                .corsConfiguration(
                    c -> c.allowOrigins("https://shop.example").allowMethods("GET")));
        Integration function = api.create(LambdaIntegration.of(arn));
        // by the SDK, which gives no leave to invoke
        sdk.createRoute(r ->
            r.apiId(api.id()).routeKey("PUT /unallowed").target("integrations/" + function.id()));
        api.create(RouteSpec.of("GET /narrow").to(function));
        String elsewhere = arn.replace("us-east-1", "eu-west-1");
        var far =
            sdk.createIntegration(r ->
                r.apiId(api.id())
                    .integrationType("AWS_PROXY")
                    .payloadFormatVersion("2.0")
                    .integrationUri(elsewhere));
        sdk.createRoute(r ->
            r.apiId(api.id()).routeKey("GET /far").target("integrations/" + far.integrationId()));
        var nobody =
            sdk.createIntegration(r ->
                r.apiId(api.id())
                    .integrationType("AWS_PROXY")
                    .payloadFormatVersion("2.0")
                    .integrationUri(arn.replace("doctor-ill", "doctor-nobody")));
        sdk.createRoute(r ->
            r.apiId(api.id())
                .routeKey("GET /nobody")
                .target("integrations/" + nobody.integrationId()));
        api.create(
            RouteSpec.of("GET /dead").to(api.create(HttpIntegration.of(Backend.dead() + "/x"))));
        api.create(
            RouteSpec.of("GET /unnamed")
                .to(api.create(HttpIntegration.of("http://balancer.internal.invalid/x"))));
        api.create(RouteSpec.of("GET /nowhere"));
        api.create(
            RouteSpec.of("GET /token")
                .to(function)
                .jwt(api.create(JwtAuthorizerSpec.of("tokens", issuer.name(), "audience"))));
        sdk.createAuthorizer(r ->
            r.apiId(api.id())
                .name("guard")
                .authorizerType("REQUEST")
                .authorizerPayloadFormatVersion("2.0")
                .identitySource("$request.header.Authorization")
                .authorizerUri(
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                        + arn
                        + "/invocations"));
        issuer.discovery(exchange -> Backend.text(exchange, 503, "down"));
        sdk.createStage(r -> r.apiId(api.id()).stageName("undeployed"));

        Program.Result ill = doctor(gw, api);
        assertThat(ill.exit()).isEqualTo(1);
        assertThat(ill.output())
            .contains("stage undeployed\n  it serves no deployment")
            .contains("route PUT /unallowed\n  the leave to invoke doctor-ill is too narrow")
            .contains("--source-arn 'arn:aws:execute-api:us-east-1:000000000000:" + api.id())
            .contains("authorizer guard\n  the leave to invoke doctor-ill is too narrow")
            .contains("/authorizers/")
            .doesNotContain("route GET /narrow\n")
            .contains("it is in eu-west-1, and the API is in us-east-1")
            .contains("there is no such function")
            .contains("nothing listens on port")
            .contains("the name balancer.internal.invalid does not resolve")
            .contains("route GET /nowhere\n  it leads to no integration")
            .contains("its issuer " + issuer.name() + " tells no keys")
            .contains(
                "bucket doctor-missing (IMAGE_BUCKET of doctor-ill)\n  there is no such bucket")
            .contains("routes take [PUT], which pages may not send")
            .contains("the header Authorization is not allowed by name");
        JsonNode problems = Reply.parse(doctor(gw, api, "--output", "json").output());
        assertThat(problems.valueStream())
            .allSatisfy(each -> assertThat(each.path("fix").asString()).isNotEmpty());
        api.delete();
        lambda.deleteFunction(r -> r.functionName("doctor-ill"));
      }
    });
  }

  @Test
  void anApiWithoutAnythingIsToldSo() throws Exception {
    withGatehouse((gw, http) -> {
      try (Gateways gateways = gateways(gw)) {
        Api api = gateways.create(HttpApiSpec.named("bare " + UUID.randomUUID()));
        assertThat(doctor(gw, api).output())
            .contains("there is no stage, so nothing is served")
            .contains("there is no route, so every request gets 404");
        api.delete();
      }
    });
  }
}
