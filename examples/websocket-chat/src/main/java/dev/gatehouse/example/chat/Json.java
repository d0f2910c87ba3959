package dev.gatehouse.example.chat;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** JSON objects of text members. */
final class Json {
  private static final JsonMapper JSON = new JsonMapper();

  private Json() {}

  /** A text member of an object; empty where there is none. */
  static String member(String object, String name) {
    try {
      return JSON.readTree(object).path(name).asString("");
    } catch (JacksonException notJson) {
      return "";
    }
  }

  static String write(Map<String, String> members) {
    return JSON.writeValueAsString(members);
  }
}
