package dev.gatehouse.client;

import software.amazon.awssdk.services.apigatewayv2.model.CreateAuthorizerRequest;

/** An authorizer that is wanted. Its name says which one it is. */
public sealed interface AuthorizerSpec permits JwtAuthorizerSpec, LambdaAuthorizerSpec {

  /**
   * The name; {@code ensure} takes it for the authorizer's identity.
   *
   * {@snippet class="SpecExamples" region="requests"}
   */
  String name();

  /**
   * What AWS is asked for, for that API.
   *
   * {@snippet class="SpecExamples" region="requests"}
   */
  CreateAuthorizerRequest request(Api api);
}
