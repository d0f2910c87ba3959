package dev.gatehouse.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;

/**
 * A function as backend. Routes to it give the API leave to invoke it, each for itself.
 *
 * @param functionArn with or without a version or alias
 * @param payloadFormatVersion {@code 1.0} or {@code 2.0}; WebSocket APIs have none
 * @param timeout from 50 ms to 30 s (29 s for WebSocket APIs); null for the most
 */
public record LambdaIntegration(
    String functionArn, String payloadFormatVersion, @Nullable Duration timeout)
    implements IntegrationSpec {

  /**
   * A function, called with payload format 2.0.
   *
   * {@snippet class="SpecExamples" region="lambda"}
   */
  public static LambdaIntegration of(String functionArn) {
    return new LambdaIntegration(functionArn, "2.0", null);
  }

  /**
   * The same with payload format {@code 1.0} or {@code 2.0}.
   *
   * {@snippet class="SpecExamples" region="lambda"}
   */
  public LambdaIntegration payloadFormatVersion(String version) {
    return new LambdaIntegration(functionArn, version, timeout);
  }

  /**
   * The same with a timeout.
   *
   * {@snippet class="SpecExamples" region="lambda"}
   */
  public LambdaIntegration timeout(Duration atMost) {
    return new LambdaIntegration(functionArn, payloadFormatVersion, atMost);
  }

  @Override
  public CreateIntegrationRequest request(Api api) {
    return CreateIntegrationRequest.builder()
        .apiId(api.id())
        .integrationType(IntegrationType.AWS_PROXY)
        .integrationUri(api.isWebSocket() ? FunctionArn.invocations(functionArn) : functionArn)
        .payloadFormatVersion(api.isWebSocket() ? null : payloadFormatVersion)
        .timeoutInMillis(timeout == null ? null : Math.toIntExact(timeout.toMillis()))
        .build();
  }
}
