package dev.gatehouse.cli.socket;

import java.io.PrintWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** For programs: an object a line, each with {@code event}. */
record JsonTranscript(PrintWriter out) implements Transcript {
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public void opened(String subprotocol) {
    print(event("connected").put("subprotocol", subprotocol));
  }

  @Override
  public void message(String text) {
    print(event("message").put("text", text));
  }

  @Override
  public void closed(int code, String reason) {
    print(event("closed").put("code", code).put("reason", reason));
  }

  private static ObjectNode event(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  private void print(ObjectNode event) {
    out.println(JSON.writeValueAsString(event));
    out.flush();
  }
}
