package dev.gatehouse.gateway;

import dev.gatehouse.gateway.function.FunctionAnswer;
import dev.gatehouse.gateway.net.ByteBudget;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.identity.Caller;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request to a function: the body is held, the event built, the function invoked, its answer
 * read. The event and the answer are built and read off the event loop, where a large one could
 * hold up others.
 */
final class LambdaProxyCall implements Call {
  /** A body is there a second time in its event. */
  private static final int COPIES = 2;

  /** AWS's text, which access logs show (http-api.md 4.9 [C]). */
  private static final String NOT_PERMITTED =
      "The IAM role configured on the integration or API Gateway doesn't have permissions to call"
          + " the integration. Check the permissions and try again.";

  private final LambdaProxy proxy;
  private final Exchange exchange;
  private final HeldBody body = new HeldBody();
  private final @Nullable StreamedBody streamedBody;
  private final @Nullable StreamedAnswer streamed;
  private long granted;
  private @Nullable String requestId;
  private boolean reading;
  private boolean complete;

  LambdaProxyCall(LambdaProxy proxy, Exchange exchange) {
    this.proxy = proxy;
    this.exchange = exchange;
    StreamedBody sent = proxy.streams() ? new StreamedBody(proxy, exchange) : null;
    this.streamedBody = sent;
    this.streamed =
        sent == null
            ? null
            : new StreamedAnswer(
                proxy.responseMapping(), sent, what -> refuse(200, Fault.INTERNAL, what));
  }

  @Override
  public void start() {
    boolean chunked = HttpUtil.isTransferEncodingChunked(exchange.request());
    long length = chunked ? Limits.EVENT_BYTES : HttpUtil.getContentLength(exchange.request(), 0L);
    if (length > Limits.EVENT_BYTES) { // an event only adds to its body
      exchange.fault(Fault.TOO_LARGE, "the body is over the limit");
      return;
    }
    if (length == 0 || exchange.bodyGranted()) {
      reading = true;
      return;
    }
    exchange.connection().pauseReading(true);
    ByteBudget budget = exchange.services().budget();
    long bytes = budget.most(length * COPIES);
    budget.acquire(bytes, exchange.worker().loop(), () -> read(bytes));
  }

  private void read(long bytes) {
    if (exchange.ended()) {
      exchange.services().budget().release(bytes);
      return;
    }
    granted = bytes;
    if (complete) {
      return;
    }
    reading = true;
    exchange.connection().sendContinue();
    exchange.connection().pauseReading(false);
    exchange.allow(Limits.CLIENT_MILLIS);
  }

  @Override
  public void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    body.add(content);
    if (body.length() > Limits.EVENT_BYTES) {
      abandon();
      exchange.fault(Fault.TOO_LARGE, "the body is over the limit");
      return;
    }
    if (last) {
      complete = true;
      exchange.allow(proxy.timeoutMillis());
      invoke();
    } else if (reading) {
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  private void invoke() {
    byte[] bytes = body.take();
    if (bytes.length > 0) {
      exchange.timeline().complete();
    }
    Event event =
        proxy.requestMapping().isEmpty()
            ? Event.of(exchange, bytes)
            : MappedEvent.of(proxy.requestMapping(), exchange, bytes);
    Thread.ofVirtual().name("event").start(() -> invoke(event));
  }

  private void invoke(Event event) {
    byte[] payload = proxy.version2() ? EventV2.write(event) : EventV1.write(event);
    if (payload.length > Limits.EVENT_BYTES) {
      finish(0, () -> exchange.fault(Fault.TOO_LARGE, "the event is over the limit"));
      return;
    }
    LiveStage stage = event.stage();
    Invocation invocation =
        new Invocation(
            proxy.functionArn(),
            LambdaProxy.sourceArn(stage, event.route()),
            stage.scope().account(),
            payload,
            Rights.of(proxy.role(), signer(event)),
            streamed);
    CompletionStage<FunctionInvoker.Result> result =
        exchange.services().functions().invoke(invocation);
    result.whenComplete(this::answer);
  }

  private static @Nullable Caller signer(Event event) {
    return event.authorizer() instanceof IamContext(Caller caller) ? caller : null;
  }

  private void answer(FunctionInvoker.@Nullable Result result, @Nullable Throwable failure) {
    if (result == null) {
      finish(500, () -> exchange.fault(Fault.INTERNAL, "the invocation failed: " + failure));
      return;
    }
    requestId = result.requestId();
    if (streamed != null && streamed.begun()) {
      endStream(streamed, result);
      return;
    }
    switch (result) {
      case FunctionInvoker.Returned(byte[] payload, _) -> respond(payload);
      case FunctionInvoker.Failed _ -> refuse(result.status(), Fault.INTERNAL, "returned an error");
      case FunctionInvoker.Denied _ ->
          finish(result.status(), () -> exchange.fault(Fault.INTERNAL, NOT_PERMITTED));
      case FunctionInvoker.Missing _ -> refuse(result.status(), Fault.INTERNAL, "does not exist");
      case FunctionInvoker.Throttled _ ->
          refuse(result.status(), Fault.UNAVAILABLE, "is at its concurrency");
      case FunctionInvoker.TooLarge _ ->
          finish(
              result.status(),
              () -> exchange.fault(Fault.TOO_LARGE, "the event is over the limit"));
    }
  }

  /** A client sees by the missing end that the function failed half way. */
  private void endStream(StreamedAnswer answer, FunctionInvoker.Result result) {
    if (!(result instanceof FunctionInvoker.Returned)) {
      refuse(200, Fault.INTERNAL, "failed while it streamed");
      return;
    }
    finish(result.status(), () -> {}); // before the end, with which the request is logged
    try {
      answer.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(200, Fault.INTERNAL, "was interrupted");
    }
  }

  @Override
  public void clientWritable(boolean writable) {
    if (streamedBody != null) {
      streamedBody.clientWritable(writable);
    }
  }

  private void refuse(int service, Fault fault, String what) {
    finish(service, () -> exchange.fault(fault, "function " + proxy.functionArn() + " " + what));
  }

  private void respond(byte[] payload) {
    switch (FunctionAnswer.read(payload, proxy.version2())) {
      case FunctionAnswer.Malformed malformed -> refuse(200, Fault.INTERNAL, malformed.reason());
      case FunctionAnswer.Structured answer -> finish(200, () -> send(answer));
    }
  }

  private void send(FunctionAnswer.Structured answer) {
    if (exchange.ended()) {
      return;
    }
    HttpResponse response =
        Answer.of(
            HttpResponseStatus.valueOf(answer.status()), Unpooled.wrappedBuffer(answer.body()));
    exchange.timeline().integrationAnswered(answer.status());
    if (!answer.addTo(response.headers())) {
      exchange.fault(Fault.INTERNAL, "a header of the function's answer cannot be sent");
      return;
    }
    BodyStart start =
        proxy.responseMapping().readsBody(answer.status()) ? BodyStart.of(answer.body()) : null;
    proxy.responseMapping().apply(exchange, response, start);
    exchange.respond(response);
  }

  /**
   * Goes on where exchanges live.
   *
   * @param service the status that Lambda answers such an invocation with; 0 where it was not asked
   */
  private void finish(int service, Runnable answer) {
    exchange
        .worker()
        .loop()
        .execute(() -> {
          releaseBudget();
          if (service > 0) {
            exchange.timeline().serviceAnswered(service);
            exchange.timeline().serviceRequest(requestId, null);
          }
          answer.run();
        });
  }

  private void releaseBudget() {
    if (granted > 0) {
      exchange.services().budget().release(granted);
      granted = 0;
    }
  }

  /** The function goes on; only its answer has nobody to go to (http-api.md 4.9 [C]). */
  @Override
  public void abandon() {
    if (streamedBody != null) {
      streamedBody.close();
    }
    body.release();
    releaseBudget();
  }
}
