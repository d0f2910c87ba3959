package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.balance.Target;
import dev.gatehouse.gateway.upstream.UriTemplate;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP_PROXY integration: a URL gets the message (websocket-api.md 6).
 *
 * @param target the upstreams that the URI's host stands for
 * @param method null where it is {@code ANY}: then {@code $connect} keeps the client's GET, and
 *     what has a body is a POST [U]
 * @param longestAnswer bytes of an answer
 */
record HttpBackend(
    UriTemplate uri,
    Target target,
    @Nullable HttpMethod method,
    MappedParameters parameters,
    int timeoutMillis,
    int longestAnswer)
    implements SocketBackend {

  @Override
  public void start(SocketCall call) {
    new HttpBackendCall(this, call).start();
  }
}
