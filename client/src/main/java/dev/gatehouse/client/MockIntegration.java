package dev.gatehouse.client;

import java.util.Map;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;

/**
 * An answer without a backend, for WebSocket APIs.
 *
 * @param requestTemplates by key; {@code {"statusCode": 200}} accepts
 */
public record MockIntegration(Map<String, String> requestTemplates) implements IntegrationSpec {

  public MockIntegration {
    requestTemplates = Map.copyOf(requestTemplates);
  }

  /**
   * Accepts everything.
   *
   * {@snippet class="SpecExamples" region="mock"}
   */
  public static MockIntegration accepting() {
    return new MockIntegration(Map.of("200", "{\"statusCode\": 200}"));
  }

  @Override
  public CreateIntegrationRequest request(Api api) {
    return CreateIntegrationRequest.builder()
        .apiId(api.id())
        .integrationType(IntegrationType.MOCK)
        .requestTemplates(requestTemplates)
        .templateSelectionExpression(requestTemplates.isEmpty() ? null : "200")
        .build();
  }
}
