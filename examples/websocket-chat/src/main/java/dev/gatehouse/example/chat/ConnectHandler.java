package dev.gatehouse.example.chat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** {@code $connect}: whoever says a name is let in, and the others are told. */
public final class ConnectHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private static final int LONGEST_NAME = 30;

  private final Room room = Room.of(System.getenv());

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    Happening connected = Happening.of(event);
    String name = connected.name();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return Map.of("statusCode", 400);
    }
    room.tell(connected.callback(), Map.of("type", "joined", "from", name));
    room.enter(connected.connectionId(), name);
    return Map.of("statusCode", 200);
  }
}
