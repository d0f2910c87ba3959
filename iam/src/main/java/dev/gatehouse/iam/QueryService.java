package dev.gatehouse.iam;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.query.QueryInput;
import dev.gatehouse.wire.query.QueryReply;
import java.io.IOException;
import java.util.UUID;

/**
 * A service of the Query protocol.
 *
 * @param namespace of its XML
 */
record QueryService(String namespace, Handler handler) implements CallerService {
  private static final int MAX_BYTES = 256 * 1024;

  @Override
  public HttpReply handle(Caller caller, HttpCall http) throws IOException {
    String requestId = UUID.randomUUID().toString();
    try {
      QueryInput input = QueryInput.read(http, MAX_BYTES);
      return QueryReply.of(
          namespace, input.action(), handler.handle(new Call(caller, input)), requestId);
    } catch (ServiceException refusal) {
      return QueryReply.refusal(
          namespace, refusal.status(), refusal.type(), refusal.message(), requestId);
    }
  }
}
