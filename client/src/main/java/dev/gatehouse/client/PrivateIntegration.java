package dev.gatehouse.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.ConnectionType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;
import software.amazon.awssdk.services.apigatewayv2.model.TlsConfigInput;

/**
 * A backend inside a VPC, through a VPC link.
 *
 * @param listener the ARN of a load balancer's listener or a Cloud Map service. Where it is the URL
 *     of an internal balancer, its listener's ARN is found, or the failure says why not; WebSocket
 *     APIs take the URL itself
 * @param vpcLinkId of a link that is there; empty where {@code link} is made
 * @param link that is made where it is missing, and waited for; null where one is there
 * @param serverName that the backend's certificate must have, which makes the call HTTPS; null for
 *     HTTP
 */
public record PrivateIntegration(
    String listener,
    String vpcLinkId,
    @Nullable VpcLinkSpec link,
    String method,
    @Nullable String serverName)
    implements IntegrationSpec {

  /**
   * Requests of every method to that listener or internal balancer.
   *
   * {@snippet class="SpecExamples" region="inside"}
   */
  public static PrivateIntegration of(String listener, VpcLink link) {
    return new PrivateIntegration(listener, link.id(), null, "ANY", null);
  }

  /**
   * The same through a link that is made where it is missing, and waited for.
   *
   * {@snippet class="SpecExamples" region="inside"}
   */
  public static PrivateIntegration of(String listener, VpcLinkSpec link) {
    return new PrivateIntegration(listener, "", link, "ANY", null);
  }

  /**
   * The same, always with that method.
   *
   * {@snippet class="SpecExamples" region="inside"}
   */
  public PrivateIntegration method(String always) {
    return new PrivateIntegration(listener, vpcLinkId, link, always, serverName);
  }

  /**
   * The same over TLS, with a certificate of that name.
   *
   * {@snippet class="SpecExamples" region="inside"}
   */
  public PrivateIntegration tls(String certificateName) {
    return new PrivateIntegration(listener, vpcLinkId, link, method, certificateName);
  }

  /** With a link that is there and a listener that has its ARN. */
  PrivateIntegration resolved(Session session, Api api) {
    boolean url = !api.isWebSocket() && listener.matches("https?://.*");
    String arn = url ? new Listeners(session).arn(URI.create(listener)) : listener;
    String id = link == null ? vpcLinkId : new VpcLinks(session).ensure(link).value().id();
    return new PrivateIntegration(arn, id, null, method, serverName);
  }

  @Override
  public CreateIntegrationRequest request(Api api) {
    return CreateIntegrationRequest.builder()
        .apiId(api.id())
        .integrationType(IntegrationType.HTTP_PROXY)
        .integrationUri(listener)
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
