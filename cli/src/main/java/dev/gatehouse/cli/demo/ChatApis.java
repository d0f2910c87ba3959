package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Api;
import dev.gatehouse.client.Gateways;
import dev.gatehouse.client.HttpApiSpec;
import dev.gatehouse.client.LambdaIntegration;
import dev.gatehouse.client.RouteSpec;
import dev.gatehouse.client.StageSpec;
import dev.gatehouse.client.WebSocketApiSpec;
import java.net.URI;

/** The chat's two APIs. Each route to a function has the API's leave to invoke it with it. */
record ChatApis(Gateways gateways) implements AutoCloseable {
  static ChatApis at(URI endpoint) {
    return new ChatApis(
        Gateways.builder()
            .endpoint(endpoint.toString())
            .region(Aws.REGION.id())
            .credentials("test", "test")
            .build());
  }

  /** Makes the WebSocket API; returns where clients connect. */
  URI chat(ChatFunctions functions) {
    Api api = gateways.create(WebSocketApiSpec.named("chat"));
    route(api, "$connect", functions.connect());
    route(api, "say", functions.message());
    route(api, "$disconnect", functions.disconnect());
    return api.create(StageSpec.of("prod")).url();
  }

  /** Makes the HTTP API of the page; returns where that is. */
  URI page(String function) {
    Api api = gateways.create(HttpApiSpec.named("chat-page"));
    route(api, "GET /", function);
    return URI.create(api.create(StageSpec.of("$default")).url() + "/");
  }

  private static void route(Api api, String key, String function) {
    api.create(RouteSpec.of(key).to(api.create(LambdaIntegration.of(function))));
  }

  @Override
  public void close() {
    gateways.close();
  }
}
