package dev.gatehouse.wire.http;

import java.io.IOException;

/**
 * Answers calls outside the data plane. Plain blocking code: each call runs on a virtual thread of
 * its own, and the body of the call is read from the socket as the service reads it.
 */
@FunctionalInterface
public interface HttpService {

  /**
   * Answers one call.
   *
   * @throws IOException when the client or an upstream goes away; the connection is then closed
   */
  HttpReply handle(HttpCall call) throws IOException;
}
