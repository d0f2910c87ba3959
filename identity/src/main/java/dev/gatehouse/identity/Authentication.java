package dev.gatehouse.identity;

import dev.gatehouse.wire.http.HttpCall;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
   * @param more what else S3 says with that code, in its order
   */
  record Refused(int status, String code, String message, Map<String, String> more)
      implements Authentication {
    public Refused {
      more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** One of which there is no more to say. */
    public Refused(int status, String code, String message) {
      this(status, code, message, Map.of());
    }
  }
}
