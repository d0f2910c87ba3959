package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation.Target;
import dev.gatehouse.model.ParameterMapping;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP_PROXY integration (http-api.md sections 5 and 6): the request goes to a URL or to what a
 * VPC link leads to, body and answer are streamed.
 *
 * @param method null where the client's is kept ({@code ANY})
 * @param streams whether answers may be as long as they like, and take as long, as long as they go
 *     on; beyond AWS
 * @param passesWebSockets whether WebSocket connections are passed through; beyond AWS
 */
record HttpProxy(
    Destination destination,
    @Nullable HttpMethod method,
    RequestMapping requestMapping,
    ResponseMapping responseMapping,
    int timeoutMillis,
    boolean streams,
    boolean passesWebSockets)
    implements Backend {

  /** Mappings that depend on what else a request says are shown as they are configured. */
  @Override
  public Target describe(LiveRoute route, List<String> values, StagePath at, String sent) {
    ParameterMapping mapped = requestMapping.path();
    String own = destination.path(route, values, at.path(), at.pathWithStage());
    String climbs = "400 Bad Request: a dot segment could leave the integration's path";
    String path = mapped == null ? own : mapped.value().text();
    String query = destination.query(route, values);
    return new Target(
        "HTTP_PROXY",
        route.integrationId(),
        method == null ? sent : method.name(),
        path == null ? null : destination.url() + path + (query.isEmpty() ? "" : "?" + query),
        "1.0",
        timeoutMillis,
        requestMapping.describe(),
        responseMapping.describe(),
        path == null ? climbs : destination.note());
  }

  @Override
  public Call call(Exchange exchange) {
    return requestMapping.readsBody()
        ? new BodyMappingCall(this, exchange)
        : new HttpProxyCall(this, exchange);
  }
}
