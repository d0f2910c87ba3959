package dev.gatehouse.conformance.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The control API as JSON over the wire, for what a test must see exactly.
 *
 * @param key the access key id; twelve digits stand for that account
 */
public record Control(Http http, String key) {

  /** A call with a JSON body; none where it is empty. */
  public Reply send(String method, String path, String json) throws IOException {
    List<String> headers = new ArrayList<>(signed("apigateway"));
    headers.add("Content-Type: application/json");
    return http.send(method, path, json, headers.toArray(String[]::new));
  }

  /** A POST. */
  public Reply post(String path, String json) throws IOException {
    return send("POST", path, json);
  }

  /** A PATCH. */
  public Reply patch(String path, String json) throws IOException {
    return send("PATCH", path, json);
  }

  /** A GET. */
  public Reply get(String path) throws IOException {
    return send("GET", path, "");
  }

  /** A DELETE. */
  public Reply delete(String path) throws IOException {
    return send("DELETE", path, "");
  }

  /** A POST that must answer 201. */
  public JsonNode create(String path, String json) throws IOException {
    Reply reply = post(path, json);
    assertThat(reply.status()).as("%s %s: %s", path, json, reply).isEqualTo(201);
    return reply.json();
  }

  /** The headers of a signed call, in the right form; {@code auth: open} takes any signature. */
  public List<String> signed(String service) {
    return List.of(
        "X-Amz-Date: 20261122T000000Z",
        "Authorization: AWS4-HMAC-SHA256 Credential="
            + key
            + "/20261122/us-east-1/"
            + service
            + "/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + "0".repeat(64));
  }
}
