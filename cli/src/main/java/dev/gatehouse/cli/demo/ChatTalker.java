package dev.gatehouse.cli.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who is in the chat. */
final class ChatTalker implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final WebSocket socket;
  private final BlockingQueue<String> heard;

  private ChatTalker(WebSocket socket, BlockingQueue<String> heard) {
    this.socket = socket;
    this.heard = heard;
  }

  static ChatTalker join(HttpClient http, URI chat, String name)
      throws InterruptedException, ExecutionException, TimeoutException {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(chat + "?name=" + name), new Ear(heard))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return new ChatTalker(socket, heard);
  }

  void say(String text) {
    String message = JSON.createObjectNode().put("action", "say").put("text", text).toString();
    socket.sendText(message, true).join();
  }

  /** Waits for what must be heard next; returns whose it is. */
  String hears(String type, String from, String text) throws InterruptedException {
    String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new DemoFailure("nothing was heard where \"" + type + "\" of " + from + " was due");
    }
    JsonNode message = JSON.readTree(next);
    boolean right =
        message.path("type").asString("").equals(type)
            && message.path("from").asString("").equals(from)
            && message.path("text").asString("").equals(text);
    if (!right) {
      throw new DemoFailure("heard " + next + " where \"" + type + "\" of " + from + " was due");
    }
    return from;
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
  }

  /** Puts messages together. */
  private static final class Ear implements WebSocket.Listener {
    private final BlockingQueue<String> heard;
    private final StringBuilder text = new StringBuilder();

    Ear(BlockingQueue<String> heard) {
      this.heard = heard;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
