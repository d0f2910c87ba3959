package dev.gatehouse.server;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.store.Store;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;

/**
 * Answers a control call only once what it wrote is served, so that the caller's next request finds
 * it. A publisher that lags does not hold the answer for long: the write is durable either way.
 */
record PublishedControl(CallerService control, Store store, Publisher publisher)
    implements CallerService {
  private static final long PATIENCE_MILLIS = 1_000;

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    HttpReply reply = control.handle(caller, call);
    if (!call.method().equals("GET")) {
      try {
        publisher.await(store.revision(), PATIENCE_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    return reply;
  }
}
