package dev.gatehouse.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.AuthorizerType;
import software.amazon.awssdk.services.apigatewayv2.model.CreateAuthorizerRequest;

/**
 * A function decides. The API is given leave to invoke it.
 *
 * @param identitySources without which a request is refused; they are the key of cached answers
 * @param simple whether the function answers {@code {"isAuthorized": …}} rather than with a policy;
 *     HTTP APIs only
 * @param cached how long answers hold, whole seconds, at most an hour; null for AWS's default
 */
public record LambdaAuthorizerSpec(
    String name,
    String functionArn,
    List<String> identitySources,
    boolean simple,
    @Nullable Duration cached)
    implements AuthorizerSpec {

  public LambdaAuthorizerSpec {
    identitySources = List.copyOf(identitySources);
  }

  /**
   * A function that answers simply, asked with the {@code Authorization} header.
   *
   * {@snippet class="SpecExamples" region="functions"}
   */
  public static LambdaAuthorizerSpec simple(String name, String functionArn) {
    return new LambdaAuthorizerSpec(
        name, functionArn, List.of("$request.header.Authorization"), true, null);
  }

  /**
   * A function that answers with a policy; WebSocket APIs know no other.
   *
   * {@snippet class="SpecExamples" region="functions"}
   */
  public static LambdaAuthorizerSpec policy(
      String name, String functionArn, String... identitySources) {
    return new LambdaAuthorizerSpec(name, functionArn, List.of(identitySources), false, null);
  }

  /**
   * The same with other identity sources.
   *
   * {@snippet class="SpecExamples" region="functions"}
   */
  public LambdaAuthorizerSpec identitySources(String... expressions) {
    return new LambdaAuthorizerSpec(name, functionArn, List.of(expressions), simple, cached);
  }

  /**
   * The same with answers that hold for a while; zero for none.
   *
   * {@snippet class="SpecExamples" region="functions"}
   */
  public LambdaAuthorizerSpec cached(Duration lasting) {
    return new LambdaAuthorizerSpec(name, functionArn, identitySources, simple, lasting);
  }

  @Override
  public CreateAuthorizerRequest request(Api api) {
    return CreateAuthorizerRequest.builder()
        .apiId(api.id())
        .name(name)
        .authorizerType(AuthorizerType.REQUEST)
        .authorizerUri(FunctionArn.invocations(functionArn))
        .authorizerPayloadFormatVersion(api.isWebSocket() ? null : simple ? "2.0" : "1.0")
        .enableSimpleResponses(api.isWebSocket() ? null : simple)
        .identitySource(identitySources.isEmpty() ? null : identitySources)
        .authorizerResultTtlInSeconds(cached == null ? null : Math.toIntExact(cached.toSeconds()))
        .build();
  }
}
