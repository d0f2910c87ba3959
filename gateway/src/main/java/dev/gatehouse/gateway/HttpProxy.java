package dev.gatehouse.gateway;

import dev.gatehouse.gateway.report.Explanation.Target;
import dev.gatehouse.gateway.upstream.UriTemplate;
import dev.gatehouse.model.ParameterMapping;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP_PROXY integration (http-api.md section 5): the request goes to a URL, body and answer are
 * streamed.
 *
 * @param method null where the client's is kept ({@code ANY})
 */
record HttpProxy(
    UriTemplate uri,
    @Nullable HttpMethod method,
    RequestMapping requestMapping,
    ResponseMapping responseMapping,
    int timeoutMillis)
    implements Backend {

  /** Mappings that depend on what else a request says are shown as they are configured. */
  @Override
  public Target describe(LiveRoute route, List<String> values, String path, String sent) {
    ParameterMapping mapped = requestMapping.path();
    String at = uri.origin().secure() ? "https://" : "http://";
    String below = mapped == null ? UpstreamRequest.path(uri, route, values, path) : "";
    String query = uri.query().isEmpty() ? "" : "?" + uri.query();
    return new Target(
        "HTTP_PROXY",
        route.integrationId(),
        method == null ? sent : method.name(),
        at + uri.authority() + (mapped == null ? below : mapped.value().text()) + query,
        "1.0",
        timeoutMillis,
        requestMapping.describe(),
        responseMapping.describe(),
        below == null ? "400 Bad Request: a dot segment could leave the integration's path" : null);
  }

  @Override
  public Call call(Exchange exchange) {
    return requestMapping.readsBody()
        ? new BodyMappingCall(this, exchange)
        : new HttpProxyCall(this, exchange);
  }
}
