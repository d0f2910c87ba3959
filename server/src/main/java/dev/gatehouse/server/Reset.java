package dev.gatehouse.server;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.lambda.Functions;
import dev.gatehouse.objects.ObjectStore;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the server for the next test: every API, domain and function of every account, then the
 * functions' processes and code, and all buckets. Only for callers on this machine, and only where
 * control calls are open: there, nobody's data is behind a key. Logs stay.
 *
 * @param open whether control calls are
 */
record Reset(boolean open, Store store, Functions functions, ObjectStore objects)
    implements CallerService {
  static final String PATH = "/_gatehouse/reset";

  private static final Logger LOG = LoggerFactory.getLogger(Reset.class);

  @Override
  public HttpReply handle(Caller caller, HttpCall call) {
    if (!call.method().equals("POST")) {
      return Errors.reply(405, "MethodNotAllowedException", "Everything is reset with POST.");
    }
    if (call.peer().getAddress() == null || !call.peer().getAddress().isLoopbackAddress()) {
      return Errors.reply(
          403, "AccessDeniedException", "Everything is reset from the server's own machine only.");
    }
    if (!open) {
      return Errors.reply(
          403, "AccessDeniedException", "Everything is reset only where auth is open.");
    }
    int deleted = store.write(Transaction::deleteAll);
    try {
      functions.clearDeleted();
      objects.clear();
    } catch (IOException e) {
      LOG.error("Not everything could be reset", e);
      return Errors.reply(
          500,
          "InternalServerException",
          "APIs and functions are deleted, but code or objects are left on the disk. Try again"
              + " when no upload is under way.");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("deletedResources", deleted);
    answer.put("cleared", List.of("apigatewayv2", "iam", "lambda", "s3"));
    return HttpReply.json(200, Json.mapper().writeValueAsString(answer));
  }
}
