package dev.gatehouse.gateway.spi;

import dev.gatehouse.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a request's API key opens what it asks for (websocket-api.md section 10 [C]), and
 * counts it where it does.
 */
@FunctionalInterface
public interface ApiKeyGuard {
  /** No key opens anything. */
  ApiKeyGuard CLOSED = (stage, routeKey, value) -> new Refused();

  /** What a key is shown for. */
  record KeyedStage(Scope scope, String apiId, String stage) {}

  /** What becomes of the request. */
  sealed interface Outcome {}

  /** It goes on. */
  record Admitted(String keyId) implements Outcome {}

  /** The key is missing, unknown, disabled or in no plan for the stage: 403. */
  record Refused() implements Outcome {}

  /** The key's rate or quota is used up: 429. */
  record Exhausted() implements Outcome {}

  /**
   * Takes one request of a key. Called on event loops: returns at once.
   *
   * @param value as the client sent it; null where there is none
   */
  Outcome take(KeyedStage stage, String routeKey, @Nullable String value);
}
