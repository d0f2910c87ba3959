package dev.gatehouse.iam;

import dev.gatehouse.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of rows and members of answers. */
final class Trees {
  private Trees() {}

  static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  static ObjectNode read(String json) {
    return (ObjectNode) Json.mapper().readTree(json);
  }

  /** Policy documents are shown percent-encoded (RFC 3986) [C]. */
  static String encoded(String document) {
    return URLEncoder.encode(document, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
