package dev.gatehouse.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Lambda authorizer returned besides its decision (http-api.md 9.7).
 *
 * @param principalId null where the reply was a simple one
 * @param context null where the reply had none; nobody changes it
 */
record LambdaContext(@Nullable String principalId, @Nullable ObjectNode context)
    implements AuthorizerContext {

  @Override
  public void writeV2(JsonGenerator json) {
    json.writeObjectPropertyStart("authorizer");
    json.writeName("lambda");
    if (context == null) {
      json.writeNull();
    } else {
      json.writeTree(context);
    }
    json.writeEndObject();
  }

  @Override
  public void writeV1(JsonGenerator json) {
    json.writeObjectPropertyStart("authorizer");
    if (principalId != null) {
      json.writeStringProperty("principalId", principalId);
    }
    if (context != null) {
      for (Map.Entry<String, JsonNode> member : context.properties()) {
        json.writeName(member.getKey());
        json.writeTree(member.getValue());
      }
    }
    json.writeEndObject();
  }

  @Override
  public @Nullable String variable(String name) {
    if (name.equals("principalId")) {
      return principalId;
    }
    JsonNode value = context == null ? null : context.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isContainer() ? value.toString() : value.asString();
  }
}
