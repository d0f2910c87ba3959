package dev.gatehouse.wire.rest;

import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns results and refusals into replies. Only the members of the operation's row go out; absent
 * and null ones do not (control-plane.md section 1 [C]).
 */
public final class Encoder {
  private Encoder() {}

  /** The reply of success. */
  public static HttpReply reply(Operation operation, ObjectNode result, RequestIds ids) {
    if (operation.status() == 204) {
      return ids.on(HttpReply.empty(204));
    }
    return json(operation.status(), structure(operation.output(), result), ids);
  }

  /** The reply of refusal (control-plane.md section 2 [C]). */
  public static HttpReply refusal(ServiceException refusal, RequestIds ids) {
    ObjectNode body = Json.mapper().createObjectNode().put("message", refusal.message());
    return json(refusal.status(), body, ids).with("x-amzn-ErrorType", refusal.type());
  }

  private static HttpReply json(int status, ObjectNode body, RequestIds ids) {
    byte[] bytes = Json.mapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    Headers headers = Headers.of("Content-Type", "application/json");
    return ids.on(new HttpReply(status, headers, new HttpReply.Bytes(bytes)));
  }

  private static ObjectNode structure(Shape.Structure shape, JsonNode value) {
    ObjectNode known = Json.mapper().createObjectNode();
    for (Shape.Member member : shape.members().values()) {
      JsonNode held = value.get(member.name());
      if (held != null && !held.isNull()) {
        known.set(member.name(), value(member.shape(), held));
      }
    }
    return known;
  }

  private static JsonNode value(Shape shape, JsonNode value) {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure, value);
      case Shape.Items items -> items(items, value);
      case Shape.Entries entries -> entries(entries, value);
      case Shape.Text text -> value;
      case Shape.Choice choice -> value;
      case Shape.Whole whole -> value;
      case Shape.Decimal decimal -> value;
      case Shape.Flag flag -> value;
      case Shape.Time time -> value;
      case Shape.Blob blob -> value;
    };
  }

  private static ArrayNode items(Shape.Items shape, JsonNode value) {
    ArrayNode known = Json.mapper().createArrayNode();
    value.forEach(element -> known.add(value(shape.element(), element)));
    return known;
  }

  private static ObjectNode entries(Shape.Entries shape, JsonNode value) {
    ObjectNode known = Json.mapper().createObjectNode();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      known.set(entry.getKey(), value(shape.value(), entry.getValue()));
    }
    return known;
  }
}
