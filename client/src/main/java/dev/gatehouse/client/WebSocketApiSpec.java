package dev.gatehouse.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigatewayv2.model.CreateApiRequest;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;

/**
 * A WebSocket API that is wanted.
 *
 * @param routeSelectionExpression what of a message chooses its route
 */
public record WebSocketApiSpec(
    String name,
    String routeSelectionExpression,
    @Nullable String description,
    Map<String, String> tags)
    implements ApiSpec {

  public WebSocketApiSpec {
    tags = Map.copyOf(tags);
  }

  /**
   * Messages are JSON objects whose member {@code action} names the route.
   *
   * {@snippet class="SpecExamples" region="webSocketApi"}
   */
  public static WebSocketApiSpec named(String name) {
    return new WebSocketApiSpec(name, "$request.body.action", null, Map.of());
  }

  /**
   * The same with another expression.
   *
   * {@snippet class="SpecExamples" region="webSocketApi"}
   */
  public WebSocketApiSpec routeSelectionExpression(String expression) {
    return new WebSocketApiSpec(name, expression, description, tags);
  }

  /**
   * The same with a description.
   *
   * {@snippet class="SpecExamples" region="webSocketApi"}
   */
  public WebSocketApiSpec description(String text) {
    return new WebSocketApiSpec(name, routeSelectionExpression, text, tags);
  }

  /**
   * The same with one more tag.
   *
   * {@snippet class="SpecExamples" region="webSocketApi"}
   */
  public WebSocketApiSpec tag(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(tags);
    more.put(key, value);
    return new WebSocketApiSpec(name, routeSelectionExpression, description, more);
  }

  @Override
  public CreateApiRequest request() {
    return CreateApiRequest.builder()
        .name(name)
        .protocolType(ProtocolType.WEBSOCKET)
        .routeSelectionExpression(routeSelectionExpression)
        .description(description)
        .tags(tags.isEmpty() ? null : tags)
        .build();
  }
}
