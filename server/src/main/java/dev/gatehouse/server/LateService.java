package dev.gatehouse.server;

import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A service that is there only once the listener is: what it says depends on the listener's port.
 * Until then every call is answered with 503.
 */
final class LateService implements HttpService {
  private volatile @Nullable HttpService service;

  void set(HttpService service) {
    this.service = service;
  }

  @Override
  public HttpReply handle(HttpCall call) throws IOException {
    HttpService now = service;
    return now == null
        ? Errors.reply(503, "ServiceUnavailableException", "Gatehouse is starting.")
        : now.handle(call);
  }
}
