package dev.gatehouse.example.chat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.Optional;

/** {@code say}: what one says, all hear. */
public final class MessageHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final int LONGEST_TEXT = 1000;

  private final Room room = Room.of(System.getenv());

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Happening said = Happening.of(event);
    Optional<String> name = room.name(said.connectionId());
    String text = Json.member(said.body(), "text").strip();
    if (name.isEmpty() || text.isEmpty() || text.length() > LONGEST_TEXT) {
      return Map.of("statusCode", 400);
    }
    room.tell(said.callback(), Map.of("type", "said", "from", name.get(), "text", text));
    return Map.of("statusCode", 200);
  }
}
