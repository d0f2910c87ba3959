package dev.gatehouse.gateway.websocket;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $connect} asks of a client before its integration hears of it (websocket-api.md 2).
 *
 * @param key where a client's API key is
 * @param required the request parameters that must be there
 */
record ConnectGate(KeyPlace key, Guard guard, List<ValueSource> required) {
  static final ConnectGate OPEN = new ConnectGate(KeyPlace.NONE, new Nobody(), List.of());

  /** Where an API key comes from (websocket-api.md 10 [C]). */
  enum KeyPlace {
    /** No key is needed. */
    NONE,
    /** The header {@code x-api-key}. */
    HEADER,
    /** What the authorizer answers as {@code usageIdentifierKey}. */
    AUTHORIZER
  }

  /** Who decides. */
  sealed interface Guard {}

  /** Everyone is let in. */
  record Nobody() implements Guard {}

  /** Whoever signed the request decides, by what their policies say. */
  record Iam() implements Guard {}

  /** A function decides. */
  record Function(ConnectAuthorizer authorizer) implements Guard {}

  /**
   * Nobody is let in, since who would decide cannot.
   *
   * @param reason for the log
   */
  record Shut(SocketFault fault, String reason) implements Guard {}

  /** What came of an authorizer. */
  sealed interface Decision {}

  /**
   * The client may connect.
   *
   * @param usageKey the API key that the authorizer named; null where it named none
   */
  record Admitted(Authorized authorized, @Nullable String usageKey) implements Decision {}

  /**
   * The client may not.
   *
   * @param reason for the log
   */
  record Refused(SocketFault fault, String reason) implements Decision {}
}
