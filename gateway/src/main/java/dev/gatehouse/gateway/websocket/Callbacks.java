package dev.gatehouse.gateway.websocket;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The management of connections by backends: {@code POST}, {@code GET} and {@code DELETE
 * /{stage}/@connections/{id}} (websocket-api.md 13). Plain blocking code on virtual threads; what
 * it does to a connection it does on that one's event loop.
 */
record Callbacks(WebSockets sockets, SignedAccess access) {

  /**
   * The management of one connection.
   *
   * @param apiId null where the connection's id is to tell
   */
  HttpService on(@Nullable String apiId, SocketPath path) {
    return call -> handle(call, apiId, path);
  }

  private HttpReply handle(HttpCall call, @Nullable String apiId, SocketPath path)
      throws IOException {
    String id = path.connectionId();
    if (!CallbackReplies.hasForm(id)) {
      return CallbackReplies.badRequest("Invalid connectionId: " + CallbackReplies.shown(id));
    }
    SocketConnection known = sockets.connections().find(id);
    String api = apiId != null ? apiId : known == null ? null : known.apiId();
    if (api == null) {
      return CallbackReplies.gone();
    }
    LiveSocketStage stage = sockets.stage(api, path.stage());
    if (stage == null || stage.endpointDisabled() || !CallbackReplies.isMethod(call.method())) {
      return CallbackReplies.forbidden();
    }
    int longest = sockets.options().messageBytes();
    byte[] body = call.bodyLength() > longest ? null : call.body().readNBytes(longest + 1);
    if (body == null || body.length > longest) {
      return CallbackReplies.tooLarge(longest);
    }
    return switch (access.check(
        call, stage, body, "ManageConnections", call.method() + "/@connections/" + id)) {
      case SignedAccess.Refused(String code, String message) ->
          CallbackReplies.error(403, code, message.replace(id, "{connectionId}"));
      case SignedAccess.Admitted _ -> {
        if (!sockets.admitsEvent(stage.scope())) {
          yield CallbackReplies.throttled();
        }
        yield known != null && known.apiId().equals(api) && known.stageName().equals(stage.name())
            ? act(call.method(), stage, known, body)
            : CallbackReplies.gone();
      }
    };
  }

  private static HttpReply act(
      String method, LiveSocketStage stage, SocketConnection connection, byte[] body) {
    return switch (method) {
      case "POST" ->
          Utf8.isValid(body)
              ? onLoop(connection, open -> post(stage, open, body))
              : CallbackReplies.badRequest("The message is not UTF-8 text"); // [U]
      case "GET" -> onLoop(connection, CallbackReplies::description);
      default -> onLoop(connection, Callbacks::delete);
    };
  }

  private static HttpReply post(LiveSocketStage stage, SocketConnection connection, byte[] body) {
    SocketCounts.sent(stage, null, connection.worker().index());
    connection.send(body);
    return HttpReply.empty(200);
  }

  private static HttpReply delete(SocketConnection connection) {
    connection.close(CloseReason.DELETED);
    return HttpReply.empty(204);
  }

  private static HttpReply onLoop(
      SocketConnection connection, Function<SocketConnection, HttpReply> work) {
    CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    try {
      connection
          .worker()
          .loop()
          .execute(() -> {
            try {
              reply.complete(connection.open() ? work.apply(connection) : CallbackReplies.gone());
            } catch (RuntimeException unexpected) {
              reply.completeExceptionally(unexpected);
            }
          });
      return reply.join();
    } catch (RejectedExecutionException | CompletionException stopped) {
      return CallbackReplies.gone();
    }
  }
}
