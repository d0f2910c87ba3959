package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.balance.Passage;
import dev.gatehouse.gateway.function.FunctionAnswer.Line;
import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.upstream.UpstreamConnection;
import dev.gatehouse.gateway.upstream.UpstreamListener;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event at a backend: the request is whole, the answer is held, as a frame needs it whole.
 *
 * <p>Data plane: runs on the call's event loop only.
 */
final class HttpBackendCall implements UpstreamListener {
  private final HttpBackend backend;
  private final SocketCall call;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private final Passage passage;
  private @Nullable UpstreamConnection upstream;
  private @Nullable HttpResponse head;

  HttpBackendCall(HttpBackend backend, SocketCall call) {
    this.backend = backend;
    this.call = call;
    this.passage =
        new Passage(
            backend.target(), call.worker(), call.ports().upstreams().apply(call.worker()), this);
  }

  void start() {
    call.ifLate(() -> {
      passage.unanswered();
      end(false);
    });
    if (!passage.begin()) {
      call.finish(new Failed(SocketFault.BAD_GATEWAY, "no upstream of " + passage + " is well"));
    }
  }

  @Override
  public void connected(UpstreamConnection connection) {
    if (call.ended()) {
      connection.release();
      return;
    }
    upstream = connection;
    DefaultFullHttpRequest request = request();
    if (request == null) {
      end(true);
      call.finish(new Failed(SocketFault.INTERNAL, "the path cannot be passed on"));
      return;
    }
    connection.write(request);
    connection.flush();
  }

  private @Nullable DefaultFullHttpRequest request() {
    String target = target();
    if (target == null) {
      return null;
    }
    SocketEvent event = call.event();
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, method(), target, Unpooled.wrappedBuffer(event.body()));
    HttpHeaders headers = request.headers();
    if (event.opening() != null) {
      for (Map.Entry<String, List<String>> line :
          OpeningHeaders.shown(event, event.opening()).entrySet()) {
        headers.set(line.getKey(), line.getValue());
      }
    }
    if (event.body().length > 0) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON); // [U]
    }
    headers.set(HttpHeaderNames.HOST, backend.uri().authority());
    String trace = call.traceparent();
    if (trace != null) {
      headers.set("traceparent", trace);
    }
    backend.parameters().setHeaders(event, headers);
    headers.remove(HttpHeaderNames.CONNECTION);
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, event.body().length);
    return request;
  }

  private HttpMethod method() {
    if (backend.method() != null) {
      return backend.method();
    }
    return call.event().opening() == null ? HttpMethod.POST : HttpMethod.GET;
  }

  private @Nullable String target() {
    SocketEvent event = call.event();
    List<String> values = backend.parameters().pathValues(event);
    if (values.stream().anyMatch(RequestPath::hasDotSegment)) {
      return null;
    }
    List<String> names = new ArrayList<>(backend.parameters().path().keySet());
    String path = backend.uri().path(names, values);
    String own = event.opening() == null ? "" : event.opening().rawQuery();
    String query = backend.parameters().query(event, own);
    String fixed = backend.uri().query(names, values);
    String all = fixed.isEmpty() || query.isEmpty() ? fixed + query : fixed + "&" + query;
    return (path.isEmpty() ? "/" : path) + (all.isEmpty() ? "" : "?" + all);
  }

  @Override
  public void head(HttpResponse response) {
    if (response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
      head = response;
      passage.answered();
    }
  }

  @Override
  public void part(HttpContent content) {
    try {
      if (head == null) {
        return;
      }
      int count = content.content().readableBytes();
      if (body.size() + count > backend.longestAnswer()) {
        end(false);
        call.finish(new Failed(SocketFault.INTERNAL, "the backend's answer is over the limit"));
        return;
      }
      byte[] bytes = new byte[count];
      content.content().readBytes(bytes);
      body.writeBytes(bytes);
      if (content instanceof LastHttpContent) {
        answered(head);
      }
    } finally {
      content.release();
    }
  }

  private void answered(HttpResponse response) {
    end(HttpUtil.isKeepAlive(response));
    int status = response.status().code();
    String id = response.headers().get("x-amzn-requestid");
    call.timeline()
        .serviceAnswered(status, id == null ? response.headers().get("x-amz-request-id") : id);
    call.timeline().integrationAnswered(status);
    String protocol = response.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
    List<Line> lines =
        protocol == null ? List.of() : List.of(new Line("Sec-WebSocket-Protocol", protocol));
    call.finish(new Answered(status, lines, body.toByteArray()));
  }

  private void end(boolean reusable) {
    passage.end();
    UpstreamConnection done = upstream;
    upstream = null;
    if (done != null && reusable && !call.ended()) {
      done.release();
    } else if (done != null) {
      done.close();
    }
  }

  @Override
  public void paused() {}

  @Override
  public void writable() {}

  @Override
  public void failed(Failure failure) {
    boolean sent = upstream != null;
    upstream = null;
    if (!sent && !call.ended() && passage.elsewhere()) {
      return;
    }
    String where = passage.toString();
    passage.unanswered();
    passage.end();
    call.finish(new Failed(SocketFault.BAD_GATEWAY, "backend " + where + ": " + failure));
  }
}
