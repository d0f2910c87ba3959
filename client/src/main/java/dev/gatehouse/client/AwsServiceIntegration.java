package dev.gatehouse.client;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;

/**
 * A call of an AWS service as backend of an HTTP API.
 *
 * @param subtype such as {@code SQS-SendMessage}
 * @param roleArn of the role that the call is made under
 * @param parameters of the action, such as {@code QueueUrl}, from values or mapping expressions
 */
public record AwsServiceIntegration(String subtype, String roleArn, Map<String, String> parameters)
    implements IntegrationSpec {

  public AwsServiceIntegration {
    parameters = Map.copyOf(parameters);
  }

  /**
   * That action under that role.
   *
   * {@snippet class="SpecExamples" region="queue"}
   */
  public static AwsServiceIntegration of(String subtype, String roleArn) {
    return new AwsServiceIntegration(subtype, roleArn, Map.of());
  }

  /**
   * The same with one more parameter of the action.
   *
   * {@snippet class="SpecExamples" region="queue"}
   */
  public AwsServiceIntegration parameter(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new AwsServiceIntegration(subtype, roleArn, more);
  }

  @Override
  public CreateIntegrationRequest request(Api api) {
    return CreateIntegrationRequest.builder()
        .apiId(api.id())
        .integrationType(IntegrationType.AWS_PROXY)
        .integrationSubtype(subtype)
        .credentialsArn(roleArn)
        .payloadFormatVersion("1.0")
        .requestParameters(parameters)
        .build();
  }
}
