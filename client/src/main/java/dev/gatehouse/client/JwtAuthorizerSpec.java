package dev.gatehouse.client;

import java.util.List;
import software.amazon.awssdk.services.apigatewayv2.model.AuthorizerType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateAuthorizerRequest;
import software.amazon.awssdk.services.apigatewayv2.model.JWTConfiguration;

/**
 * Bearers of tokens of an issuer are let in.
 *
 * @param issuer as the tokens name it
 * @param audiences one of which a token must be for
 * @param identitySource where the token is
 */
public record JwtAuthorizerSpec(
    String name, String issuer, List<String> audiences, String identitySource)
    implements AuthorizerSpec {
  private static final String AUTHORIZATION = "$request.header.Authorization";

  public JwtAuthorizerSpec {
    audiences = List.copyOf(audiences);
  }

  /**
   * Tokens of an issuer, in the {@code Authorization} header.
   *
   * {@snippet class="SpecExamples" region="tokens"}
   */
  public static JwtAuthorizerSpec of(String name, String issuer, String... audiences) {
    return new JwtAuthorizerSpec(name, issuer, List.of(audiences), AUTHORIZATION);
  }

  /**
   * Tokens of a Cognito user pool.
   *
   * {@snippet class="SpecExamples" region="tokens"}
   *
   * @param userPoolId such as {@code eu-west-1_AbCdEf123}, which names its region
   * @param clientIds of the pool's app clients
   * @throws IllegalArgumentException where the id is none of a user pool
   */
  public static JwtAuthorizerSpec cognito(String name, String userPoolId, String... clientIds) {
    int mark = userPoolId.indexOf('_');
    if (mark <= 0 || mark == userPoolId.length() - 1) {
      throw new IllegalArgumentException(
          userPoolId + " is no id of a user pool, such as eu-west-1_AbCdEf123");
    }
    String region = userPoolId.substring(0, mark);
    return of(name, "https://cognito-idp." + region + ".amazonaws.com/" + userPoolId, clientIds);
  }

  /**
   * The same with the token somewhere else, such as {@code $request.querystring.token}.
   *
   * {@snippet class="SpecExamples" region="tokens"}
   */
  public JwtAuthorizerSpec identitySource(String expression) {
    return new JwtAuthorizerSpec(name, issuer, audiences, expression);
  }

  @Override
  public CreateAuthorizerRequest request(Api api) {
    return CreateAuthorizerRequest.builder()
        .apiId(api.id())
        .name(name)
        .authorizerType(AuthorizerType.JWT)
        .identitySource(identitySource)
        .jwtConfiguration(JWTConfiguration.builder().issuer(issuer).audience(audiences).build())
        .build();
  }
}
