package dev.gatehouse.cli.socket;

import dev.gatehouse.cli.remote.CallFailed;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Shows what comes of a connection. The JDK answers pings by itself. */
final class Received implements WebSocket.Listener {
  private static final int LONGEST = 16 * 1024 * 1024;

  private final Transcript transcript;
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();

  Received(Transcript transcript) {
    this.transcript = transcript;
  }

  /** Done with the first message. */
  CompletableFuture<Boolean> first() {
    return first;
  }

  /** The code that the connection ended with; fails where it was lost. */
  CompletableFuture<Integer> closed() {
    return closed;
  }

  @Override
  public void onOpen(WebSocket socket) {
    transcript.opened(socket.getSubprotocol());
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    text.append(data);
    if (text.length() > LONGEST) {
      closed.completeExceptionally(
          new CallFailed(0, "a message is over 16 MB, more than this client takes"));
      socket.abort();
    } else if (last) {
      transcript.message(text.toString());
      text.setLength(0);
      first.complete(true);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (last) {
      transcript.message("(binary)");
      first.complete(true);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    transcript.closed(code, reason);
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(
        new CallFailed(0, "the connection was lost: " + error.getMessage() + "; connect again"));
  }
}
