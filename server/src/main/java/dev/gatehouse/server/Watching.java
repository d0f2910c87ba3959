package dev.gatehouse.server;

import dev.gatehouse.identity.WebPageGuard;
import dev.gatehouse.server.watch.Metrics;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.net.InetAddress;

/**
 * Who may read metrics without a signature: programs on this machine, and others where the
 * configuration says so; web pages never.
 *
 * @param open whether others may
 */
record Watching(Metrics metrics, boolean open) {

  /** Whether a call is for metrics and needs no signature. */
  boolean answers(HttpCall call) {
    InetAddress peer = call.peer().getAddress();
    return call.rawPath().equals(Metrics.PATH)
        && call.headers().first("Authorization").isEmpty()
        && (open || (peer != null && peer.isLoopbackAddress()));
  }

  HttpReply handle(HttpCall call, WebPageGuard guard) throws IOException {
    boolean named = !open || call.headers().first("Origin").isPresent();
    return named && guard.check(call) instanceof WebPageGuard.Refused(String reason)
        ? Errors.reply(403, "AccessDeniedException", reason)
        : metrics.handle(call);
  }
}
