package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Http;
import dev.gatehouse.conformance.rig.Reply;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.Api;
import software.amazon.awssdk.services.apigatewayv2.model.ConflictException;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.DeploymentStatus;
import software.amazon.awssdk.services.apigatewayv2.model.GetStageResponse;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.NotFoundException;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.apigatewayv2.model.Route;

/** The life of an API through the AWS SDK for Java. */
class AwsSdkIT {

  @Test
  void anApiFromCreationToDeletion() throws Exception {
    withGatehouse((gw, http) -> {
      try (ApiGatewayV2Client apis = gw.apis();
          Backend backend = Backend.start()) {
        CreateApiResponse api =
            apis.createApi(r ->
                r.name("sdk")
                    .protocolType(ProtocolType.HTTP)
                    .description("before")
                    .tags(Map.of("team", "a")));
        String id = api.apiId();
        assertThat(api.tags()).containsEntry("team", "a");
        assertThat(api.createdDate()).isNotNull();
        build(apis, id, backend.url());
        assertServed(http, api.apiEndpoint());
        change(apis, id);
        takeDown(apis, id);
      }
    });
  }

  private static void build(ApiGatewayV2Client apis, String id, String url) {
    String integration =
        apis.createIntegration(r ->
                r.apiId(id)
                    .integrationType(IntegrationType.HTTP_PROXY)
                    .integrationMethod("ANY")
                    .integrationUri(url)
                    .payloadFormatVersion("1.0"))
            .integrationId();
    String target = "integrations/" + integration;
    Route route =
        apis.getRoutes(r -> r.apiId(createRoute(apis, id, "GET /ping", target))).items().getFirst();
    assertThat(route.target()).isEqualTo(target);
    assertThatThrownBy(() -> createRoute(apis, id, "GET /ping", target))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("Route with key GET /ping already exists for this API");
    String deployment = apis.createDeployment(r -> r.apiId(id).description("d")).deploymentId();
    assertThat(apis.getDeployment(r -> r.apiId(id).deploymentId(deployment)).deploymentStatus())
        .isEqualTo(DeploymentStatus.DEPLOYED);
    apis.createStage(r -> r.apiId(id).stageName("$default").deploymentId(deployment));
  }

  private static String createRoute(ApiGatewayV2Client apis, String id, String key, String target) {
    apis.createRoute(r -> r.apiId(id).routeKey(key).target(target));
    return id;
  }

  private static void assertServed(Http http, String endpoint) throws Exception {
    Reply reply = http.get(URI.create(endpoint + "/ping").getRawPath());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("ok");
  }

  private static void change(ApiGatewayV2Client apis, String id) {
    apis.updateApi(r -> r.apiId(id).description("after"));
    Api listed =
        apis.getApis(r -> r.maxResults("100")).items().stream()
            .filter(item -> item.apiId().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(listed.description()).isEqualTo("after");
    assertThat(listed.name()).isEqualTo("sdk");
    apis.updateStage(r -> r.apiId(id).stageName("$default").stageVariables(Map.of("env", "prod")));
    GetStageResponse stage = apis.getStage(r -> r.apiId(id).stageName("$default"));
    assertThat(stage.stageVariables()).containsExactly(Map.entry("env", "prod"));
    assertThat(stage.lastUpdatedDate()).isNotNull();
  }

  private static void takeDown(ApiGatewayV2Client apis, String id) {
    apis.deleteApi(r -> r.apiId(id));
    assertThatThrownBy(() -> apis.getApi(r -> r.apiId(id)))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotFoundException"));
  }
}
