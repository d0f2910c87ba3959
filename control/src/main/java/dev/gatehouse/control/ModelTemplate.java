package dev.gatehouse.control;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A mapping template to start from: the document that a schema describes, with sample values, and a
 * loop for each list. AWS's exact text is not known [U].
 */
final class ModelTemplate {
  /** Deeper parts of a schema are left out. */
  private static final int DEEPEST = 20;

  private final StringBuilder text = new StringBuilder("#set($inputRoot = $input.path('$'))\n");

  private ModelTemplate() {}

  static String of(JsonNode schema) {
    ModelTemplate template = new ModelTemplate();
    template.value(schema, "$inputRoot", 0);
    return template.text.toString();
  }

  private void value(JsonNode schema, String source, int depth) {
    switch (depth > DEEPEST ? "" : schema.path("type").asString("")) {
      case "object" -> object(schema.path("properties"), source, depth);
      case "array" -> array(schema.path("items"), source, depth);
      case "string" -> text.append("\"foo\"");
      case "integer" -> text.append("42");
      case "number" -> text.append("42.5");
      case "boolean" -> text.append("true");
      default -> text.append("{}");
    }
  }

  private void object(JsonNode properties, String source, int depth) {
    text.append("{\n");
    Iterator<Map.Entry<String, JsonNode>> members = properties.properties().iterator();
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      indent(depth + 1).append('"').append(member.getKey()).append("\" : ");
      value(member.getValue(), source + "." + member.getKey(), depth + 1);
      text.append(members.hasNext() ? ",\n" : "\n");
    }
    indent(depth).append('}');
  }

  private void array(JsonNode items, String source, int depth) {
    String element = "$elem" + (depth == 0 ? "" : depth);
    text.append("[\n#foreach(").append(element).append(" in ").append(source).append(")\n");
    indent(depth + 1);
    value(items, element, depth + 1);
    text.append("#if($foreach.hasNext),#end\n#end\n");
    indent(depth).append(']');
  }

  private StringBuilder indent(int depth) {
    return text.append("  ".repeat(depth));
  }
}
