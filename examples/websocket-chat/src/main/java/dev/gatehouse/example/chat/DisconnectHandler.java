package dev.gatehouse.example.chat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** {@code $disconnect}: whoever goes is forgotten, and the others are told. */
public final class DisconnectHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final Room room = Room.of(System.getenv());

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Happening gone = Happening.of(event);
    room.leave(gone.connectionId())
        .ifPresent(name -> room.tell(gone.callback(), Map.of("type", "left", "from", name)));
    return Map.of("statusCode", 200);
  }
}
