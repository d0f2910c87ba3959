package dev.gatehouse.gateway;

import dev.gatehouse.gateway.upstream.UriTemplate;
import io.netty.handler.codec.http.HttpMethod;
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

  @Override
  public Call call(Exchange exchange) {
    return requestMapping.readsBody()
        ? new BodyMappingCall(this, exchange)
        : new HttpProxyCall(this, exchange);
  }
}
