package dev.gatehouse.gateway;

import dev.gatehouse.gateway.function.FunctionAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the parts of a function's answer to the client. {@link #head}, {@link #part} and {@link
 * #end} are called on threads that may wait; all else happens on the exchange's event loop.
 */
final class StreamedBody {
  private final LambdaProxy proxy;
  private final Exchange exchange;
  private final Window window = new Window();
  private boolean bodiless;
  private boolean answering;
  private long unsent;

  StreamedBody(LambdaProxy proxy, Exchange exchange) {
    this.proxy = proxy;
    this.exchange = exchange;
  }

  /** Whether an answer with this status has no body, whatever the function writes. */
  static boolean forbidden(int status) {
    return status == 204 || status == 304;
  }

  /**
   * Begins the answer.
   *
   * @param start what mappings read of the body; null where they read nothing
   */
  void head(FunctionAnswer.Structured answer, @Nullable BodyStart start) {
    onLoop(() -> sendHead(answer, start));
  }

  private void sendHead(FunctionAnswer.Structured answer, @Nullable BodyStart start) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    exchange.timeline().serviceAnswered(200);
    exchange.timeline().integrationAnswered(answer.status());
    if (!answer.addTo(response.headers())) {
      window.close();
      exchange.fault(Fault.INTERNAL, "a header of the function's answer cannot be sent");
      return;
    }
    bodiless = forbidden(answer.status());
    answering = true;
    boolean http10 = exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_0);
    BackendAnswer.prepare(exchange, response, http10);
    proxy.responseMapping().apply(exchange, response, start);
    exchange.allow(proxy.timeoutMillis());
    exchange.respondHead(response);
    exchange.connection().flush();
  }

  /** Takes the next part, and its reference, once there is room for it. */
  void part(ByteBuf bytes) throws InterruptedException {
    int length = bytes.readableBytes();
    if (window.enter(length)) {
      exchange.worker().loop().execute(() -> sendPart(bytes, length));
    } else {
      bytes.release();
    }
  }

  private void sendPart(ByteBuf bytes, int length) {
    if (exchange.ended() || bodiless) {
      bytes.release();
      window.leave(length);
      return;
    }
    exchange.allow(proxy.timeoutMillis());
    exchange.respondPart(new DefaultHttpContent(bytes));
    exchange.connection().flush();
    if (exchange.connection().writable()) {
      window.leave(length);
    } else {
      unsent += length;
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  /** The client takes more again, or takes no more for now. */
  void clientWritable(boolean writable) {
    if (!answering) {
      return;
    }
    exchange.allow(writable ? proxy.timeoutMillis() : Limits.CLIENT_MILLIS);
    if (writable) {
      window.leave(unsent);
      unsent = 0;
    }
  }

  /** The answer is complete. */
  void end() {
    onLoop(() -> {
      exchange.respondPart(LastHttpContent.EMPTY_LAST_CONTENT);
      exchange.end();
    });
  }

  /** Nobody takes the rest: what the function goes on writing is dropped. */
  void close() {
    window.close();
  }

  private void onLoop(Runnable step) {
    exchange
        .worker()
        .loop()
        .execute(() -> {
          if (!exchange.ended()) {
            step.run();
          }
        });
  }
}
