package dev.gatehouse.gateway;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.Identity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Who signed a request to a route with AWS_IAM (http-api.md 4.3, 4.4 and 9.8 [C]). */
record IamContext(Caller caller) implements AuthorizerContext {

  @Override
  public void writeV2(JsonGenerator json) {
    Identity identity = caller.identity();
    json.writeObjectPropertyStart("authorizer");
    json.writeObjectPropertyStart("iam");
    json.writeStringProperty("accessKey", caller.accessKeyId());
    json.writeStringProperty("accountId", identity.account());
    json.writeStringProperty("callerId", identity.userId());
    json.writeNullProperty("cognitoIdentity");
    json.writeNullProperty("principalOrgId");
    json.writeStringProperty("userArn", identity.arn());
    json.writeStringProperty("userId", identity.userId());
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Format 1.0 tells it in {@code identity} [C]. */
  @Override
  public void writeV1(JsonGenerator json) {
    json.writeNullProperty("authorizer");
  }

  @Override
  public @Nullable String variable(String name) {
    return null;
  }

  @Override
  public @Nullable String identity(String name) {
    return switch (name) {
      case "accessKey" -> caller.accessKeyId();
      case "accountId" -> caller.identity().account();
      case "caller", "user" -> caller.identity().userId();
      case "userArn" -> caller.identity().arn();
      default -> null;
    };
  }
}
