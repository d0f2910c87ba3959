package dev.gatehouse.gateway;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its authorizer, and then goes to its integration. What comes of the body
 * meanwhile is held; reading pauses when that is more than a little.
 */
final class AuthorizingCall implements Call {
  private static final long HELD_BYTES = 64 * 1024;

  private final LiveAuthorizer authorizer;
  private final Backend backend;
  private final Exchange exchange;
  private final Queue<HttpContent> held = new ArrayDeque<>();
  private long heldBytes;
  private final NextCall next;

  private AuthorizingCall(LiveAuthorizer authorizer, Backend backend, Exchange exchange) {
    this.authorizer = authorizer;
    this.backend = backend;
    this.exchange = exchange;
    this.next = new NextCall(exchange);
  }

  /** The work that a request's route asks for. */
  static Call forRoute(Exchange exchange) {
    LiveStage stage = exchange.stage();
    Backend backend = stage.backend(exchange.route());
    LiveAuthorizer authorizer = stage.authorizer(exchange.route());
    boolean guarded = exchange.route().signed() || authorizer != null;
    if (guarded && RouteArn.tooLong(exchange)) {
      String why = "the ARN of the request is over the limit";
      return new FaultCall(exchange, Fault.URI_TOO_LONG, why);
    }
    if (exchange.route().signed()) {
      return new SignedCall(exchange, backend);
    }
    if (authorizer != null) {
      return new AuthorizingCall(authorizer, backend, exchange);
    }
    exchange.timeline().called();
    return backend.call(exchange);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what it does is all there is to wait for
  public void start() {
    CompletableFuture<Decision> decision = authorizer.decide(exchange);
    if (decision.state() == CompletableFuture.State.SUCCESS) {
      decided(decision.resultNow());
      return;
    }
    decision.whenComplete((result, failure) -> {
      Decision outcome = result == null ? broken(failure) : result;
      exchange.worker().loop().execute(() -> decided(outcome));
    });
  }

  private static Decision broken(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return new Decision.Deny(Fault.AUTHORIZER, "the authorizer failed: " + cause, null);
  }

  private void decided(Decision decision) {
    if (exchange.ended()) {
      return;
    }
    switch (decision) {
      case Decision.Allow(AuthorizerContext context) -> {
        exchange.authorizer(context);
        pass();
      }
      case Decision.Deny(Fault fault, String reason, String challenge) -> {
        releaseHeld();
        exchange.authorizer(new AuthorizerContext.Refused(reason));
        exchange.fault(fault, reason, headers(challenge));
      }
    }
  }

  private static HttpHeaders headers(@Nullable String challenge) {
    return challenge == null
        ? EmptyHttpHeaders.INSTANCE
        : new DefaultHttpHeaders().add(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
  }

  private void pass() {
    if (heldBytes > HELD_BYTES) {
      exchange.connection().pauseReading(false);
    }
    exchange.timeline().called();
    next.start(backend.call(exchange), held::poll);
  }

  @Override
  public void content(HttpContent content) {
    if (next.takes(content)) {
      return;
    }
    held.add(content);
    heldBytes += content.content().readableBytes();
    if (heldBytes > HELD_BYTES) {
      exchange.connection().pauseReading(true);
    }
  }

  @Override
  public void contentPaused() {
    next.contentPaused();
  }

  @Override
  public void clientWritable(boolean writable) {
    next.clientWritable(writable);
  }

  @Override
  public void timedOut() {
    releaseHeld();
    next.timedOut();
  }

  @Override
  public void abandon() {
    releaseHeld();
    next.abandon();
  }

  private void releaseHeld() {
    held.forEach(HttpContent::release);
    held.clear();
  }
}
