package dev.gatehouse.gateway.net;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that an {@link HttpService} answers: the service runs on a virtual thread, the socket
 * stays with the event loop.
 */
public final class ServiceCall implements Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceCall.class);
  private static final int PART_BYTES = 64 * 1024;
  private static final String FAILED = "{\"message\":\"Internal server error\"}";

  private final ClientConnection connection;
  private final HttpRequest request;
  private final HttpService service;
  private final BodyPipe body;
  private volatile boolean gone;
  private volatile boolean writable = true;
  private volatile @Nullable Thread thread;

  public ServiceCall(ClientConnection connection, HttpRequest request, HttpService service) {
    this.connection = connection;
    this.request = request;
    this.service = service;
    this.body = new BodyPipe(connection, HttpUtil.is100ContinueExpected(request));
  }

  @Override
  public void start() {
    HttpCall call =
        new HttpCall(
            request.method().name(),
            request.uri(),
            WireHeaders.of(request.headers()),
            body,
            HttpUtil.isTransferEncodingChunked(request)
                ? -1
                : HttpUtil.getContentLength(request, 0L),
            connection.peer(),
            false);
    thread = Thread.ofVirtual().name("service").start(() -> run(call));
  }

  @Override
  public void content(HttpContent content) {
    body.offer(content);
  }

  @Override
  public void writabilityChanged(boolean writable) {
    this.writable = writable;
    LockSupport.unpark(thread);
  }

  @Override
  public void clientGone() {
    gone = true;
    body.fail();
    LockSupport.unpark(thread);
  }

  private void run(HttpCall call) {
    try (body) {
      send(answer(call));
    } catch (IOException broken) {
      LOG.debug("{} {} was cut: {}", call.method(), call.rawPath(), broken.toString());
      onLoop(connection::abort);
    }
  }

  private HttpReply answer(HttpCall call) throws IOException {
    try {
      return service.handle(call);
    } catch (RuntimeException unexpected) {
      LOG.error("{} {} failed", call.method(), call.rawPath(), unexpected);
      return HttpReply.json(500, FAILED);
    }
  }

  private void send(HttpReply reply) throws IOException {
    switch (reply.content()) {
      case HttpReply.Bytes(byte[] bytes) -> sendBytes(reply, bytes);
      case HttpReply.Stream(InputStream stream, long length) -> {
        try (stream) {
          sendStream(reply, stream, length);
        }
      }
    }
  }

  private void sendBytes(HttpReply reply, byte[] bytes) {
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), buffer);
    copy(reply.headers(), response.headers());
    if (!response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    }
    onLoop(() -> {
      response.headers().set(HttpHeaderNames.DATE, connection.worker().date());
      connection.writeHead(response);
      connection.writeEnd();
    });
  }

  private void sendStream(HttpReply reply, InputStream stream, long length) throws IOException {
    DefaultHttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    copy(reply.headers(), response.headers());
    if (length >= 0) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
    } else {
      response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    onLoop(() -> {
      response.headers().set(HttpHeaderNames.DATE, connection.worker().date());
      connection.writeHead(response);
    });
    if (!request.method().equals(HttpMethod.HEAD)) {
      sendParts(stream, length);
    }
    onLoop(() -> {
      connection.writePart(LastHttpContent.EMPTY_LAST_CONTENT);
      connection.writeEnd();
    });
  }

  private void sendParts(InputStream stream, long length) throws IOException {
    long sent = 0;
    byte[] part = new byte[PART_BYTES];
    for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
      awaitWritable();
      sent += count;
      ByteBuf buffer = Unpooled.copiedBuffer(part, 0, count);
      onLoop(() -> {
        connection.writePart(new DefaultHttpContent(buffer));
        connection.flush();
        writable = connection.writable();
      });
    }
    if (length >= 0 && sent != length) {
      throw new IOException("the service promised " + length + " bytes and gave " + sent);
    }
  }

  private void awaitWritable() throws IOException {
    while (!writable && !gone) {
      LockSupport.park(this);
    }
    if (gone) {
      throw new IOException("the client went away");
    }
  }

  private static void copy(Headers from, HttpHeaders to) {
    for (Headers.Header line : from.lines()) {
      to.add(line.name(), line.value());
    }
  }

  private void onLoop(Runnable action) {
    connection.worker().loop().execute(action);
  }
}
