package dev.gatehouse.example.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** {@code GET /} of an HTTP API: the page, which is told where the chat is ({@code CHAT_URL}). */
public final class PageHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final String page = page(Objects.requireNonNull(System.getenv("CHAT_URL")));

  private static String page(String url) {
    try (InputStream html =
        Objects.requireNonNull(PageHandler.class.getResourceAsStream("chat.html"))) {
      return new String(html.readAllBytes(), UTF_8).replace("{{url}}", url.replace("\"", "&quot;"));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return Map.of(
        "statusCode",
        200,
        "headers",
        Map.of("content-type", "text/html; charset=utf-8", "cache-control", "no-store"),
        "body",
        page);
  }
}
