package dev.gatehouse.control;

import dev.gatehouse.model.Api;
import dev.gatehouse.model.Scope;

/**
 * Endpoints from text in which {@code {apiId}} and {@code {region}} are replaced.
 *
 * @param http for HTTP APIs, such as {@code http://localhost:4566/_gatehouse/apis/{apiId}}
 * @param webSocket for WebSocket APIs, such as {@code wss://…}
 */
public record EndpointTemplate(String http, String webSocket) implements Endpoints {

  @Override
  public String of(Scope scope, Api api) {
    String template =
        switch (api.protocolType()) {
          case HTTP -> http;
          case WEBSOCKET -> webSocket;
        };
    return template.replace("{apiId}", api.apiId()).replace("{region}", scope.region());
  }
}
