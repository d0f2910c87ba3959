package dev.gatehouse.iam;

import dev.gatehouse.wire.query.QueryInput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tags of roles, users and policies. */
final class Tags {
  private static final int MOST = 50;
  private static final String MEMBER = "Tags";

  private Tags() {}

  /** Adds the tags of a call to a body. */
  static void add(ObjectNode body, QueryInput input) {
    Map<String, String> tags = read(body);
    for (QueryInput tag : input.structures(MEMBER)) {
      String key = tag.need("Key");
      if (key.isEmpty() || key.length() > 128 || tag.need("Value").length() > 256) {
        throw Refusals.invalid("A tag's key has 1 to 128 characters, its value at most 256");
      }
      tags.put(key, tag.need("Value"));
    }
    if (tags.size() > MOST) {
      throw Refusals.limit("TagsPerResource", MOST);
    }
    write(body, tags);
  }

  /** Takes tags off. */
  static void remove(ObjectNode body, List<String> keys) {
    Map<String, String> tags = read(body);
    keys.forEach(tags::remove);
    write(body, tags);
  }

  private static Map<String, String> read(ObjectNode body) {
    Map<String, String> tags = new TreeMap<>();
    for (JsonNode tag : body.path(MEMBER)) {
      tags.put(tag.path("Key").asString(), tag.path("Value").asString());
    }
    return tags;
  }

  private static void write(ObjectNode body, Map<String, String> tags) {
    body.remove(MEMBER);
    if (!tags.isEmpty()) {
      ArrayNode list = body.putArray(MEMBER);
      tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    }
  }
}
