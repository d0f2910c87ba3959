package dev.gatehouse.client;

import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;

/** A backend that is wanted. Its kind and its address say which one it is. */
public sealed interface IntegrationSpec
    permits LambdaIntegration,
        HttpIntegration,
        PrivateIntegration,
        AwsServiceIntegration,
        MockIntegration {

  /**
   * What AWS is asked for, for that API.
   *
   * {@snippet class="SpecExamples" region="requests"}
   */
  CreateIntegrationRequest request(Api api);
}
