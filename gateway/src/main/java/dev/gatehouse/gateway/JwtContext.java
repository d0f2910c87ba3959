package dev.gatehouse.gateway;

import dev.gatehouse.gateway.jwt.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The claims of a request's token (http-api.md 4.3 and 4.4 [C]).
 *
 * @param scoped whether the route asks for scopes: else the token's are not shown [C]
 */
record JwtContext(Verdict.Valid token, boolean scoped) implements AuthorizerContext {
  private static final String CLAIMS = "claims.";

  @Override
  public void writeV2(JsonGenerator json) {
    json.writeObjectPropertyStart("authorizer");
    json.writeName("jwt");
    json.writeStartObject();
    writeMembers(json);
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void writeV1(JsonGenerator json) {
    json.writeObjectPropertyStart("authorizer");
    writeMembers(json);
    json.writeEndObject();
  }

  private void writeMembers(JsonGenerator json) {
    json.writeObjectPropertyStart("claims");
    token.claims().forEach(json::writeStringProperty);
    json.writeEndObject();
    List<String> scopes = token.scopes();
    if (!scoped) {
      json.writeNullProperty("scopes");
      return;
    }
    json.writeArrayPropertyStart("scopes");
    scopes.forEach(json::writeString);
    json.writeEndArray();
  }

  @Override
  public @Nullable String variable(String name) {
    return name.startsWith(CLAIMS) ? token.claims().get(name.substring(CLAIMS.length())) : null;
  }
}
