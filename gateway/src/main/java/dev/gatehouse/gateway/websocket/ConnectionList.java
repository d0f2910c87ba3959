package dev.gatehouse.gateway.websocket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Tells who is connected, which AWS has no call for. Each connection is asked on its own event
 * loop. Plain blocking code on virtual threads.
 */
record ConnectionList(Connections connections) {
  private static final long PATIENCE_MILLIS = 5_000;

  /** The connections of an API whose ids come after one, so many at most. */
  ConnectionPage page(String apiId, int most, String after) {
    List<SocketConnection> rest =
        connections.all().stream()
            .filter(open -> open.apiId().equals(apiId) && id(open).compareTo(after) > 0)
            .sorted(Comparator.comparing(ConnectionList::id))
            .limit(most + 1L)
            .toList();
    List<SocketConnection> shown = rest.subList(0, Math.min(most, rest.size()));
    List<CompletableFuture<ConnectionStatus>> asked = new ArrayList<>();
    shown.forEach(open -> asked.add(ask(open)));
    return new ConnectionPage(
        asked.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList(),
        rest.size() > most ? id(shown.getLast()) : null);
  }

  private static String id(SocketConnection connection) {
    return connection.peer().connectionId();
  }

  /** Comes to null where nobody is left to answer. */
  private static CompletableFuture<ConnectionStatus> ask(SocketConnection connection) {
    try {
      return CompletableFuture.supplyAsync(connection::status, connection.worker().loop())
          .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
