package dev.gatehouse.identity;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;

/** A service whose calls have been authenticated. Plain blocking code on virtual threads. */
@FunctionalInterface
public interface CallerService {

  /**
   * Answers one call.
   *
   * @throws dev.gatehouse.wire.ServiceException for a refusal that the server renders
   * @throws IOException when the client or an upstream goes away
   */
  HttpReply handle(Caller caller, HttpCall call) throws IOException;
}
