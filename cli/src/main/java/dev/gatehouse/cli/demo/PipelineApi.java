package dev.gatehouse.cli.demo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiResponse;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/** The HTTP API of the pipeline while it is being put together. */
record PipelineApi(ApiGatewayV2Client gateway, String id, URI endpoint) {

  static PipelineApi create(ApiGatewayV2Client gateway) {
    CreateApiResponse api =
        gateway.createApi(create -> create.name("image-pipeline").protocolType(ProtocolType.HTTP));
    return new PipelineApi(gateway, api.apiId(), URI.create(api.apiEndpoint()));
  }

  /** Sends routes to the function. */
  void routeTo(PresignFunction function, List<String> routeKeys) {
    String integration =
        gateway
            .createIntegration(create ->
                create
                    .apiId(id)
                    .integrationType(IntegrationType.AWS_PROXY)
                    .integrationUri(function.arn())
                    .payloadFormatVersion("2.0"))
            .integrationId();
    route(routeKeys, integration);
  }

  /**
   * Sends routes to a service, all by one integration. Its URI is used as written, so a mapping
   * brings the path of the request.
   */
  void routeTo(URI service, List<String> routeKeys) {
    String integration =
        gateway
            .createIntegration(create ->
                create
                    .apiId(id)
                    .integrationType(IntegrationType.HTTP_PROXY)
                    .integrationMethod("ANY")
                    .integrationUri(service.resolve("/").toString())
                    .payloadFormatVersion("1.0")
                    .requestParameters(Map.of("overwrite:path", "$request.path")))
            .integrationId();
    route(routeKeys, integration);
  }

  private void route(List<String> routeKeys, String integration) {
    for (String routeKey : routeKeys) {
      gateway.createRoute(
          create -> create.apiId(id).routeKey(routeKey).target("integrations/" + integration));
    }
  }

  /** Makes the stage that serves every change at once. */
  void deploy() {
    gateway.createStage(create -> create.apiId(id).stageName("$default").autoDeploy(true));
  }
}
