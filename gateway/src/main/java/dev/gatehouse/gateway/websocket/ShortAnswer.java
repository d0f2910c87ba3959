package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Receiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Answers at once that there will be no connection. */
record ShortAnswer(ClientConnection connection, HttpResponseStatus status, String message)
    implements Receiver {

  @Override
  public void start() {
    String body = "{\"message\":\"" + message + "\"}";
    DefaultFullHttpResponse response =
        json(connection, status, body.getBytes(StandardCharsets.US_ASCII));
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, Upgrade.VERSION);
    }
    connection.writeHead(response);
    connection.writeEnd();
  }

  /** A whole answer of JSON. */
  static DefaultFullHttpResponse json(
      ClientConnection connection, HttpResponseStatus status, byte[] body) {
    ByteBuf buffer = Unpooled.wrappedBuffer(body);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, buffer);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.DATE, connection.worker().date());
    return response;
  }

  @Override
  public void content(HttpContent content) {
    content.release();
  }
}
