package dev.gatehouse.conformance.rig;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in {@link Chromium}. */
public final class Tab implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages;
  private int calls;

  private Tab(WebSocket socket, BlockingQueue<JsonNode> messages) {
    this.socket = socket;
    this.messages = messages;
  }

  static Tab connect(HttpClient http, URI debugger) throws Exception {
    BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(debugger, new Listener(messages))
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return new Tab(socket, messages);
  }

  /** Puts messages together. */
  private record Listener(BlockingQueue<JsonNode> messages, StringBuilder text)
      implements WebSocket.Listener {
    Listener(BlockingQueue<JsonNode> messages) {
      this(messages, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  void open(URI page) throws Exception {
    call("Page.navigate", Map.of("url", page.toString()));
    await("document.readyState + ' ' + location.href", "complete " + page);
  }

  /** What a JavaScript expression comes to, as text. */
  public String evaluate(String expression) throws Exception {
    JsonNode answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer);
    }
    return answer.at("/result/value").asString("");
  }

  /** Waits until what an expression comes to contains a text. */
  public void await(String expression, String text) throws Exception {
    Eventually.eventually(
        "\"" + text + "\" in " + expression,
        PATIENCE,
        () -> evaluate(expression).contains(text) ? Optional.of(true) : Optional.empty());
  }

  private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
    int id = ++calls;
    Map<String, Object> call = Map.of("id", id, "method", method, "params", parameters);
    socket.sendText(JSON.writeValueAsString(call), true).get(10, TimeUnit.SECONDS);
    while (true) {
      JsonNode message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("Chromium does not answer " + method);
      }
      if (message.path("id").asInt(0) == id) {
        if (message.has("error")) {
          throw new AssertionError(method + ": " + message);
        }
        return message.path("result");
      }
    }
  }

  /** Closes the page, as its reader does. */
  @Override
  public void close() throws Exception {
    if (!socket.isInputClosed()) {
      call("Page.close", Map.of());
      socket.abort();
    }
  }
}
