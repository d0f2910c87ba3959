package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.FunctionInvoker.Invocation;
import dev.gatehouse.gateway.spi.Rights;
import dev.gatehouse.gateway.websocket.ConnectGate.Refused;
import dev.gatehouse.gateway.websocket.ConnectSteps.Consulted;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A REQUEST authorizer of a WebSocket API (websocket-api.md 9.2 [C]): asked once a connection,
 * nothing is kept.
 *
 * @param sources all of which a client must give
 * @param role in whose name the function is asked; null where its resource policy counts
 */
record ConnectAuthorizer(
    String authorizerId, String functionArn, List<ValueSource> sources, @Nullable String role) {
  /** AWS does not publish one for WebSocket APIs; that of integrations is taken [U]. */
  private static final long PATIENCE_MILLIS = 29_000;

  /** Decides, at once or on whatever thread. A failed future means that nobody could. */
  CompletableFuture<Judgement> decide(SocketEvent event, Opening opening, WebSocketPorts ports) {
    for (ValueSource source : sources) {
      String value = source.value(event);
      if (value == null || value.isEmpty()) {
        return CompletableFuture.completedFuture(
            new Judgement(
                new Refused(SocketFault.UNAUTHORIZED, "an identity source is missing"), null));
      }
    }
    String methodArn = event.stage().routeArn(RouteSelection.CONNECT);
    long started = ports.nanos().getAsLong();
    return CompletableFuture.supplyAsync(
            () -> EventJson.writeForAuthorizer(event, opening, methodArn),
            ConnectAuthorizer::onThread)
        .thenCompose(payload -> ports.functions().invoke(invocation(event, payload)))
        .thenApplyAsync(
            result -> judgement(result, event, methodArn, ports, started),
            ConnectAuthorizer::onThread)
        .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void onThread(Runnable work) {
    Thread.ofVirtual().name("socket-authorizer").start(work);
  }

  private Invocation invocation(SocketEvent event, byte[] payload) {
    return new Invocation(
        functionArn,
        event.stage().apiArn() + "/authorizers/" + authorizerId,
        event.stage().scope().account(),
        payload,
        Rights.of(role, null));
  }

  private static Judgement judgement(
      FunctionInvoker.@Nullable Result result,
      SocketEvent event,
      String methodArn,
      WebSocketPorts ports,
      long started) {
    long millis = TimeUnit.NANOSECONDS.toMillis(ports.nanos().getAsLong() - started);
    String sourceIp = event.peer().sourceIp();
    return result == null
        ? new Judgement(new Refused(SocketFault.AUTHORIZER, "the authorizer gave no answer"), null)
        : new Judgement(
            new DecisionReader(ports.policies(), methodArn, sourceIp, millis).read(result),
            new Consulted(result.status(), millis, result.requestId()));
  }
}
