package dev.gatehouse.cli.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cli.remote.CallFailed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection, from its opening to its end. Blocking code. */
final class Conversation implements AutoCloseable {
  private static final int GOOD = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration REACH = Duration.ofSeconds(20);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  /** At most 30,000 bytes, where a frame may have 32 KB (websocket-api.md 7 [C]). */
  private static final int FRAME = 10_000;

  private final HttpClient http;
  private final WebSocket socket;
  private final Received received;

  private Conversation(HttpClient http, WebSocket socket, Received received) {
    this.http = http;
    this.socket = socket;
    this.received = received;
  }

  /**
   * Connects.
   *
   * @throws CallFailed that says why not, and what to do
   */
  static Conversation open(Opening opening, Transcript transcript)
      throws InterruptedException, IOException {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(REACH);
    Trust.of(opening.place(), opening.authorities()).ifPresent(client::sslContext);
    HttpClient http = client.build();
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(PATIENCE);
    opening.headers().lines().forEach(line -> builder.header(line.name(), line.value()));
    if (!opening.subprotocols().isEmpty()) {
      builder.subprotocols(
          opening.subprotocols().getFirst(),
          opening.subprotocols().stream().skip(1).toArray(String[]::new));
    }
    Received received = new Received(transcript);
    try {
      WebSocket socket = builder.buildAsync(opening.place(), received).get();
      Conversation talk = new Conversation(http, socket, received);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(talk::sayGoodbye));
      return talk;
    } catch (ExecutionException | IllegalArgumentException failed) {
      http.shutdownNow();
      throw Refusal.of(opening.place(), failed);
    }
  }

  /**
   * Sends the input's lines and shows what comes, until either side ends it.
   *
   * @param once whether a first message ends it
   * @param seconds how long to listen on after the input
   * @return whether it ended well
   */
  boolean hold(InputStream input, boolean once, int seconds) throws InterruptedException {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("input").start(() -> send(input, sent));
    CompletableFuture<?> enough = once ? received.first() : new CompletableFuture<>();
    CompletableFuture<Object> over = CompletableFuture.anyOf(received.closed(), enough);
    try {
      CompletableFuture.anyOf(over, sent).join();
      over.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException listenedLongEnough) {
      if (once) {
        throw new CallFailed(
            0, "no message came within " + seconds + " s of the input's end; give --wait more");
      }
    } catch (CompletionException | ExecutionException lost) {
      throw lost.getCause() instanceof CallFailed known
          ? known
          : new CallFailed(0, "the connection was lost; connect again");
    }
    boolean ours = !received.closed().isDone();
    sayGoodbye();
    return ours || received.closed().join() == GOOD;
  }

  private void send(InputStream input, CompletableFuture<Void> sent) {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(input, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        send(line);
      }
    } catch (IOException | CompletionException closedMeanwhile) {
      received.closed().orTimeout(GOODBYE.toSeconds(), TimeUnit.SECONDS);
      return;
    }
    sent.complete(null);
  }

  private void send(String message) {
    int from = 0;
    while (message.length() - from > FRAME) {
      int to = from + FRAME;
      to = Character.isHighSurrogate(message.charAt(to - 1)) ? to - 1 : to;
      socket.sendText(message.subSequence(from, to), false).join();
      from = to;
    }
    socket.sendText(message.substring(from), true).join();
  }

  /** Closes in the way of the protocol, where that has not happened yet. */
  private void sayGoodbye() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(GOOD, "").exceptionally(lost -> socket);
      received
          .closed()
          .completeOnTimeout(GOOD, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(lost -> GOOD)
          .join();
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
