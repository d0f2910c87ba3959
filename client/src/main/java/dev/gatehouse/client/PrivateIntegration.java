package dev.gatehouse.client;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.ConnectionType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.TlsConfigInput;

/**
 * A backend inside a VPC, through a VPC link.
 *
 * @param listenerArn of a load balancer's listener or a Cloud Map service; for WebSocket APIs the
 *     URL of the balancer. {@link Gateways#listenerArn} finds it by a URL
 * @param serverName that the backend's certificate must have, which makes the call HTTPS; null for
 *     HTTP
 */
public record PrivateIntegration(
    String listenerArn, String vpcLinkId, String method, @Nullable String serverName)
    implements IntegrationSpec {

  /** Requests of every method to that listener. */
  public static PrivateIntegration of(String listenerArn, VpcLink link) {
    return new PrivateIntegration(listenerArn, link.id(), "ANY", null);
  }

  /** The same, always with that method. */
  public PrivateIntegration method(String always) {
    return new PrivateIntegration(listenerArn, vpcLinkId, always, serverName);
  }

  /** The same over TLS, with a certificate of that name. */
  public PrivateIntegration tls(String certificateName) {
    return new PrivateIntegration(listenerArn, vpcLinkId, method, certificateName);
  }

  @Override
  public CreateIntegrationRequest request(Api api) {
    return CreateIntegrationRequest.builder()
        .apiId(api.id())
        .integrationType(IntegrationType.HTTP_PROXY)
        .integrationUri(listenerArn)
        .integrationMethod(method)
        .connectionType(ConnectionType.VPC_LINK)
        .connectionId(vpcLinkId)
        .payloadFormatVersion(api.isWebSocket() ? null : "1.0")
        .tlsConfig(
            serverName == null
                ? null
                : TlsConfigInput.builder().serverNameToVerify(serverName).build())
        .build();
  }
}
