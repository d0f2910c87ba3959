package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Receiver;
import dev.gatehouse.gateway.net.WireHeaders;
import dev.gatehouse.gateway.net.Worker;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.websocket.ConnectGate.KeyPlace;
import dev.gatehouse.gateway.websocket.SocketOutcome.Answered;
import dev.gatehouse.gateway.websocket.SocketOutcome.Failed;
import dev.gatehouse.identity.Caller;
import dev.gatehouse.wire.http.HttpCall;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request for a connection, in the order of websocket-api.md 2: stage, throttle, key,
 * authorizer, parameters, integration, and only then 101.
 *
 * <p>Data plane: runs on its event loop only.
 */
final class Handshake implements Receiver {
  /** Characters of path and query (websocket-api.md 1 [C]); the status is ours [U]. */
  private static final int LONGEST_URL = 4_096;

  private final WebSockets sockets;
  private final ClientConnection connection;
  private final HttpRequest request;
  private final @Nullable LiveSocketStage stage;
  private Peer peer;
  private final String requestId;
  private final Opening opening;
  private final HandshakeReply reply;
  private @Nullable SocketCall call;
  private @Nullable Answered accepted;
  private boolean requestEnded;
  private boolean gone;

  /**
   * @param stage null where the path names none
   */
  Handshake(
      WebSockets sockets,
      ClientConnection connection,
      HttpRequest request,
      @Nullable LiveSocketStage stage,
      SocketTarget target) {
    this.sockets = sockets;
    this.connection = connection;
    this.request = request;
    this.stage = stage;
    Worker worker = connection.worker();
    this.requestId = worker.requestId();
    long now = worker.millis();
    this.peer = Peer.of(connection, request.headers(), target.domainName(), now);
    this.reply = new HandshakeReply(connection, peer.connectionId(), requestId);
    this.opening = Opening.of(worker, request.headers(), target.rawQuery(), now);
  }

  @Override
  public void start() {
    if (sockets.stopping() || connection.draining()) {
      reply.fail(SocketFault.STOPPING, "the server is stopping");
    } else if (!Upgrade.hasVersion(request)) {
      reply.refuse(HttpResponseStatus.UPGRADE_REQUIRED, "Upgrade Required");
    } else if (Upgrade.key(request) == null) {
      reply.refuse(SocketFault.BAD_REQUEST);
    } else if (request.uri().length() > LONGEST_URL) {
      reply.refuse(HttpResponseStatus.REQUEST_URI_TOO_LONG, "URI Too Long");
    } else if (stage == null || stage.endpointDisabled()) {
      reply.refuse(SocketFault.FORBIDDEN);
    } else {
      begin(stage);
    }
  }

  private void begin(LiveSocketStage at) {
    SocketEvent event = SocketEvent.connect(at, peer, requestId, opening);
    SocketCall begun = new SocketCall(event, sockets.ports(), connection.worker());
    call = begun;
    boolean admitted =
        sockets.admits(at.scope())
            && at.throttles().admits(RouteSelection.CONNECT, sockets.ports().nanos().getAsLong());
    if (!admitted) {
      finish(begun, new Failed(SocketFault.TOO_MANY, "throttled"));
    } else if (at.gate().key() == KeyPlace.HEADER
        && !hasKey(begun, request.headers().get("x-api-key"))) {
      return;
    } else {
      guard(begun, at.gate());
    }
  }

  private void guard(SocketCall begun, ConnectGate gate) {
    switch (gate.guard()) {
      case ConnectGate.Nobody nobody -> admit(begun, peer);
      case ConnectGate.Shut(SocketFault fault, String reason) ->
          finish(begun, new Failed(fault, reason));
      case ConnectGate.Iam iam -> checkSignature(begun);
      case ConnectGate.Function(ConnectAuthorizer authorizer) -> ask(begun, authorizer);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what it does is all there is to wait for
  private void ask(SocketCall begun, ConnectAuthorizer authorizer) {
    CompletableFuture<Judgement> judgement =
        authorizer.decide(begun.event(), opening, sockets.ports());
    long asked = begun.timeline().millis();
    judgement.whenComplete((result, failure) -> {
      Judgement given = result == null ? Judgement.broken(failure) : result;
      connection.worker().loop().execute(() -> decided(begun, given, asked));
    });
  }

  private void decided(SocketCall begun, Judgement judgement, long asked) {
    if (gone) {
      return;
    }
    begun.timeline().steps(judgement.steps(begun.timeline().millis() - asked));
    switch (judgement.decision()) {
      case ConnectGate.Refused(SocketFault fault, String reason) ->
          finish(begun, new Failed(fault, reason));
      case ConnectGate.Admitted(Authorized authorized, String usageKey) -> {
        boolean named = begun.event().stage().gate().key() == KeyPlace.AUTHORIZER;
        if (!named || hasKey(begun, usageKey)) {
          admit(begun, peer.with(authorized));
        }
      }
    }
  }

  /** Refuses the client where its key does not open this stage. */
  private boolean hasKey(SocketCall begun, @Nullable String key) {
    LiveSocketStage at = begun.event().stage();
    ApiKeyGuard.KeyedStage keyed = new ApiKeyGuard.KeyedStage(at.scope(), at.apiId(), at.name());
    return switch (sockets.ports().keys().take(keyed, RouteSelection.CONNECT, key)) {
      case ApiKeyGuard.Admitted(String keyId) -> {
        peer = peer.withKey(new Peer.Key(keyId, String.valueOf(key)));
        yield true;
      }
      case ApiKeyGuard.Refused _ -> {
        finish(begun, new Failed(SocketFault.INVALID_KEY, "the API key opens nothing here"));
        yield false;
      }
      case ApiKeyGuard.Exhausted _ -> {
        finish(begun, new Failed(SocketFault.TOO_MANY, "the API key is used up"));
        yield false;
      }
    };
  }

  private void admit(SocketCall begun, Peer known) {
    SocketCall next = begun.with(known);
    call = next;
    integrate(next);
  }

  private void checkSignature(SocketCall begun) {
    HttpCall head =
        new HttpCall(
            request.method().name(),
            request.uri(),
            WireHeaders.of(request.headers()),
            InputStream.nullInputStream(),
            0,
            connection.peer(),
            connection.secure());
    SignedAccess access = new SignedAccess(sockets.ports().callers());
    LiveSocketStage at = begun.event().stage();
    SignedOpening opened = SignedOpening.check(access, head, at, sockets.ports().nanos());
    begun.timeline().steps(opened.steps());
    switch (opened.finding()) {
      case SignedAccess.Admitted(Caller caller) -> admit(begun, peer.with(caller));
      case SignedAccess.Refused(String code, String message) -> {
        begun.log(new Failed(SocketFault.FORBIDDEN, message));
        reply.refuse(HttpResponseStatus.FORBIDDEN, message);
      }
    }
  }

  private void integrate(SocketCall known) {
    SocketEvent event = known.event();
    for (ValueSource source : event.stage().gate().required()) {
      if (source.value(event) == null) {
        finish(known, new Failed(SocketFault.BAD_REQUEST, "a required parameter is missing"));
        return;
      }
    }
    SocketRoute route = event.route();
    known.start(
        route == null ? new SocketBackend.None() : route.backend(),
        outcome -> finish(known, outcome));
  }

  private void finish(SocketCall over, SocketOutcome outcome) {
    over.log(outcome);
    switch (outcome) {
      case Answered answered -> {
        if (answered.good()) {
          accept(over.event(), answered);
        } else if (!gone) {
          reply.refuse(answered);
        }
      }
      case Failed(SocketFault fault, String reason) -> {
        if (!gone) {
          reply.refuse(fault);
        }
      }
    }
  }

  private void accept(SocketEvent event, Answered answered) {
    if (gone) {
      seeOff(event);
      return;
    }
    accepted = answered;
    if (requestEnded) {
      connection.worker().loop().execute(this::open);
    }
  }

  /**
   * A client that goes after its {@code $connect} and before it is let in was connected as far as
   * the backend knows, so the backend hears of its end [U].
   */
  private void seeOff(SocketEvent event) {
    accepted = null;
    if (event.route() != null) {
      LiveSocketStage at = event.stage();
      sockets
          .disconnects()
          .add(connection.worker(), event.peer(), at.apiId(), at.name(), CloseReason.ABNORMAL);
    }
  }

  private void open() {
    Answered answer = accepted;
    SocketCall over = call;
    String key = Upgrade.key(request);
    if (answer == null || over == null || key == null) {
      return;
    }
    DefaultFullHttpResponse response = Upgrade.response(key);
    if (!HandshakeHeaders.copy(answer, response.headers())) {
      response.release();
      accepted = null;
      reply.fail(SocketFault.BAD_GATEWAY, "a header of the answer to $connect cannot be sent");
      return;
    }
    SocketConnection socket = new SocketConnection(sockets, connection.worker(), over.event());
    connection.switchProtocol(response, socket.decoder(), socket);
    if (sockets.stopping()) {
      socket.closeIfOpen(CloseReason.GOING_AWAY);
    }
  }

  @Override
  public void content(HttpContent content) {
    requestEnded = content instanceof LastHttpContent;
    content.release();
    if (requestEnded && accepted != null) {
      connection.worker().loop().execute(this::open);
    }
  }

  @Override
  public void clientGone() {
    gone = true;
    if (accepted != null && call != null) {
      seeOff(call.event());
    }
  }
}
