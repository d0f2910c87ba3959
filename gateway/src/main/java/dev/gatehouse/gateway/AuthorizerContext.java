package dev.gatehouse.gateway;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What an authorizer tells of a request, for events, mappings and logs (http-api.md 9.7). */
sealed interface AuthorizerContext
    permits LambdaContext, JwtContext, IamContext, AuthorizerContext.Refused {

  /** Writes the member {@code authorizer} of an event 2.0's request context. */
  void writeV2(JsonGenerator json);

  /** Writes the member {@code authorizer} of an event 1.0's request context. */
  void writeV1(JsonGenerator json);

  /** The value of {@code $context.authorizer.name}; null where there is none. */
  @Nullable String variable(String name);

  /** The value of {@code $context.identity.name} that a signature tells; null where none does. */
  default @Nullable String identity(String name) {
    return null;
  }

  /**
   * The authorizer let nobody in; no event is made of it.
   *
   * @param error {@code $context.authorizer.error}
   */
  record Refused(String error) implements AuthorizerContext {
    @Override
    public void writeV2(JsonGenerator json) {}

    @Override
    public void writeV1(JsonGenerator json) {}

    @Override
    public @Nullable String variable(String name) {
      return name.equals("error") ? error : null;
    }
  }
}
