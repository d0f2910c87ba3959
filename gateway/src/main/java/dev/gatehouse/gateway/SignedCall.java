package dev.gatehouse.gateway;

import dev.gatehouse.identity.Access;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Context;
import dev.gatehouse.identity.Permission;
import dev.gatehouse.identity.SignedRequests.Claimed;
import dev.gatehouse.identity.SignedRequests.Refused;
import dev.gatehouse.identity.SignedRequests.Signed;
import dev.gatehouse.wire.sigv4.Sha256;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A request to a route with AWS_IAM (http-api.md 9.8): goes to its integration once it is known who
 * signed it and that they may. A signature covers the body, so a body is held until all of it has
 * been hashed, and no integration sees any of one that nobody signed; it draws on the byte budget.
 * Who is nobody here is turned away before any body is read. Hashing goes part by part as the parts
 * come, and checking takes microseconds, so both stay on the event loop.
 */
final class SignedCall implements Call {
  private static final String ACTION = "execute-api:Invoke";

  private final Exchange exchange;
  private final Backend backend;
  private final MessageDigest digest = Sha256.digest();
  private final Queue<HttpContent> held = new ArrayDeque<>();
  private @Nullable Claimed claimed;
  private final NextCall next;
  private long heldBytes;
  private boolean granted;

  SignedCall(Exchange exchange, Backend backend) {
    this.exchange = exchange;
    this.next = new NextCall(exchange);
    this.backend = backend;
  }

  @Override
  public void start() {
    switch (exchange
        .services()
        .ports()
        .callers()
        .signatures()
        .read(SignedHead.of(exchange.request(), exchange.connection()), exchange.stage().scope())) {
      case Refused refused -> refuse(refused.message());
      case Claimed found -> start(found);
    }
  }

  private void start(Claimed found) {
    boolean chunked = HttpUtil.isTransferEncodingChunked(exchange.request());
    long length =
        chunked ? Limits.PAYLOAD_BYTES : HttpUtil.getContentLength(exchange.request(), 0L);
    if (length == 0) {
      verified(found, Sha256.EMPTY);
      return;
    }
    String declared = found.declaredHash();
    if (declared != null && found.verify(declared) instanceof Refused(_, String message)) {
      refuse(message);
      return;
    }
    if (length > Limits.PAYLOAD_BYTES) {
      exchange.fault(Fault.TOO_LARGE, "the body is over the limit");
      return;
    }
    claimed = found;
    exchange.connection().pauseReading(true);
    exchange.services().budget().acquire(length, exchange.worker().loop(), () -> read(length));
  }

  private void read(long length) {
    if (exchange.ended()) {
      exchange.services().budget().release(length);
      return;
    }
    exchange.bodyGranted(length);
    granted = true;
    if (!next.started()) {
      exchange.connection().sendContinue();
      exchange.connection().pauseReading(false);
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  @Override
  public void content(HttpContent content) {
    if (next.takes(content)) {
      return;
    }
    digest.update(content.content().nioBuffer());
    heldBytes += content.content().readableBytes();
    held.add(content);
    if (heldBytes > Limits.PAYLOAD_BYTES) {
      abandon();
      exchange.cut();
    } else if (content instanceof LastHttpContent) {
      exchange.stopClock();
      verified(Objects.requireNonNull(claimed), HexFormat.of().formatHex(digest.digest()));
    } else if (granted) {
      exchange.allow(Limits.CLIENT_MILLIS);
    }
  }

  private void verified(Claimed found, String bodyHash) {
    switch (found.verify(bodyHash)) {
      case Refused refused -> refuse(refused.message());
      case Signed(Caller caller) -> {
        switch (permission(caller)) {
          case Permission.Denied(String message) -> refuse(message);
          case Permission.Allowed _ -> pass(caller);
        }
      }
    }
  }

  private Permission permission(Caller caller) {
    String agent = exchange.request().headers().get(HttpHeaderNames.USER_AGENT, "");
    Context context =
        Context.of(
            Map.of(
                "aws:SourceIp", ContextVariables.sourceIp(exchange),
                "aws:SecureTransport", Boolean.toString(exchange.connection().secure()),
                "aws:UserAgent", agent));
    return exchange
        .services()
        .ports()
        .callers()
        .permissions()
        .decide(caller, new Access(ACTION, ExecuteApiArn.request(exchange), context));
  }

  /** Every failure looks the same to the client [L]; the log tells them apart. */
  private void refuse(String reason) {
    releaseHeld();
    exchange.authorizer(new AuthorizerContext.Refused(reason));
    exchange.fault(Fault.FORBIDDEN, reason);
  }

  private void pass(Caller caller) {
    exchange.authorizer(new IamContext(caller));
    exchange.timeline().called();
    next.start(backend.call(exchange), held::poll);
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
  public void abandon() {
    releaseHeld();
    next.abandon();
  }

  private void releaseHeld() {
    held.forEach(HttpContent::release);
    held.clear();
  }
}
