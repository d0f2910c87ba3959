package dev.gatehouse.wire.query;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tree as XML: a member of a list is called {@code member}, as AWS does. */
final class XmlText {
  private final StringBuilder out = new StringBuilder();

  XmlText open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  XmlText close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  XmlText element(String name, String text) {
    open(name);
    escape(text);
    return close(name);
  }

  XmlText members(ObjectNode tree) {
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      node(member.getKey(), member.getValue());
    }
    return this;
  }

  private void node(String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      open(name).members(object).close(name);
    } else if (value.isArray()) {
      open(name);
      value.values().forEach(each -> node("member", each));
      close(name);
    } else {
      element(name, value.asString());
    }
  }

  /** What XML 1.0 cannot say at all becomes a question mark. */
  private void escape(String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '\r' -> out.append("&#xD;");
            case '\t', '\n' -> out.append((char) c);
            default -> out.appendCodePoint(isText(c) ? c : '?');
          }
        });
  }

  private static boolean isText(int c) {
    return c >= ' ' && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
