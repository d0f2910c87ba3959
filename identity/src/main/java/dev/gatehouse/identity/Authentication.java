package dev.gatehouse.identity;

import dev.gatehouse.wire.http.HttpCall;

/** What authenticating a call came to. */
public sealed interface Authentication {

  /**
   * The call is from this caller.
   *
   * @param call the call to go on with instead of the one that came in: its body may have been read
   *     to check the signature, or be checked as it is read
   */
  record Authenticated(Caller caller, HttpCall call) implements Authentication {}

  /**
   * The call is refused.
   *
   * @param status the HTTP status
   * @param code AWS's error code
   * @param message the text that the client sees
   */
  record Refused(int status, String code, String message) implements Authentication {}
}
