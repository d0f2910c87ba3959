package dev.gatehouse.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.CreateIntegrationRequest;
import software.amazon.awssdk.services.apigatewayv2.model.IntegrationType;

/**
 * A public HTTP endpoint as backend, requests passed on as they are.
 *
 * @param url may have path variables as in {@code https://shop.example/{proxy}}
 * @param method the backend's method; {@code ANY} passes on the request's
 * @param parameters request parameter mappings, such as {@code append:header.x} to {@code
 *     $context.requestId}
 * @param timeout from 50 ms to 30 s; null for the most
 */
public record HttpIntegration(
    String url, String method, Map<String, String> parameters, @Nullable Duration timeout)
    implements IntegrationSpec {

  public HttpIntegration {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Requests of every method to that URL.
   *
   * {@snippet class="SpecExamples" region="http"}
   */
  public static HttpIntegration of(String url) {
    return new HttpIntegration(url, "ANY", Map.of(), null);
  }

  /**
   * The same, always with that method.
   *
   * {@snippet class="SpecExamples" region="http"}
   */
  public HttpIntegration method(String always) {
    return new HttpIntegration(url, always, parameters, timeout);
  }

  /**
   * The same with one more request parameter mapping.
   *
   * {@snippet class="SpecExamples" region="http"}
   */
  public HttpIntegration parameter(String destination, String source) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(destination, source);
    return new HttpIntegration(url, method, more, timeout);
  }

  /**
   * The same with a timeout.
   *
   * {@snippet class="SpecExamples" region="http"}
   */
  public HttpIntegration timeout(Duration atMost) {
    return new HttpIntegration(url, method, parameters, atMost);
  }

  @Override
  public CreateIntegrationRequest request(Api api) {
    return CreateIntegrationRequest.builder()
        .apiId(api.id())
        .integrationType(IntegrationType.HTTP_PROXY)
        .integrationUri(url)
        .integrationMethod(method)
        .payloadFormatVersion(api.isWebSocket() ? null : "1.0")
        .requestParameters(parameters.isEmpty() ? null : parameters)
        .timeoutInMillis(timeout == null ? null : Math.toIntExact(timeout.toMillis()))
        .build();
  }
}
