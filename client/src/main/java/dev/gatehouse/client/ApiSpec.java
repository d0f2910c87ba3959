package dev.gatehouse.client;

import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;

/** An API that is wanted. Its name says which one it is. */
public sealed interface ApiSpec permits HttpApiSpec, WebSocketApiSpec {

  /**
   * The name; {@code ensure} takes it for the API's identity.
   *
   * {@snippet class="SpecExamples" region="requests"}
   */
  String name();

  /**
   * What AWS is asked for.
   *
   * {@snippet class="SpecExamples" region="requests"}
   */
  CreateApiRequest request();
}
