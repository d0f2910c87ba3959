package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.WireHeaders;
import dev.gatehouse.wire.http.HttpCall;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.io.InputStream;

/**
 * The head of a request as signatures cover it: target and headers exactly as received. Taken
 * before an integration changes either.
 */
final class SignedHead {
  private SignedHead() {}

  static HttpCall of(HttpRequest request, ClientConnection connection) {
    return new HttpCall(
        request.method().name(),
        request.uri(),
        WireHeaders.of(request.headers()),
        InputStream.nullInputStream(),
        HttpUtil.getContentLength(request, -1L),
        connection.peer(),
        connection.secure());
  }
}
