package dev.gatehouse.logs.cloudwatch;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.ServiceException;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudWatch Logs: finds the operation that the target header names, and answers it. */
public final class LogsApi implements CallerService {
  /** What the target header begins with. */
  public static final String TARGET = "Logs_20140328.";

  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  /** What a batch of events may have, and what JSON makes of it. */
  private static final int MAX_BODY = 8 << 20;

  /** Answers one operation. */
  @FunctionalInterface
  interface Operation {
    ObjectNode answer(LogsCall call);
  }

  private final Map<String, Operation> operations = new HashMap<>();

  /** The service over a store. */
  public LogsApi(LogStore store, InstantSource clock) {
    GroupCalls groups = new GroupCalls(store, clock);
    operations.put("CreateLogGroup", groups::create);
    operations.put("DeleteLogGroup", groups::delete);
    operations.put("DescribeLogGroups", groups::describe);
    operations.put("PutRetentionPolicy", groups::retain);
    operations.put("DeleteRetentionPolicy", groups::keep);
    operations.put("ListTagsForResource", groups::tags);
    operations.put("TagResource", groups::tag);
    operations.put("UntagResource", groups::untag);
    StreamCalls streams = new StreamCalls(store);
    operations.put("CreateLogStream", streams::create);
    operations.put("DeleteLogStream", streams::delete);
    operations.put("DescribeLogStreams", streams::describe);
    operations.put("PutLogEvents", new PutCall(store, clock)::answer);
    operations.put("GetLogEvents", new GetCall(store, clock)::answer);
    operations.put("FilterLogEvents", new FilterCall(store, clock)::answer);
  }

  @Override
  public HttpReply handle(Caller caller, HttpCall call) throws IOException {
    try {
      String name = operation(call);
      Operation operation = operations.get(name);
      if (operation == null) {
        throw new ServiceException(
            501, "NotImplementedException", "Gatehouse does not offer logs:" + name + " yet.");
      }
      ObjectNode answer = operation.answer(new LogsCall(caller.scope(), input(call)));
      return reply(200, answer);
    } catch (ServiceException refusal) {
      ObjectNode error = Json.mapper().createObjectNode().put("__type", refusal.type());
      return reply(refusal.status(), error.put("message", refusal.message()))
          .with("x-amzn-ErrorType", refusal.type());
    }
  }

  private static String operation(HttpCall call) {
    String target = call.headers().first("X-Amz-Target").orElse("");
    if (!target.startsWith(TARGET)) {
      throw new ServiceException(
          400, "UnknownOperationException", "X-Amz-Target names no operation of CloudWatch Logs.");
    }
    return target.substring(TARGET.length());
  }

  private static ObjectNode input(HttpCall call) throws IOException {
    byte[] body = call.body().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new ServiceException(413, "RequestEntityTooLarge", "The request is too large.");
    }
    try {
      JsonNode json = body.length == 0 ? null : Json.mapper().readTree(body);
      if (json == null) {
        return Json.mapper().createObjectNode();
      }
      if (json instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      // refused below
    }
    throw new ServiceException(400, "SerializationException", "The body is no JSON object.");
  }

  private static HttpReply reply(int status, ObjectNode body) {
    return new HttpReply(
        status,
        Headers.of("Content-Type", CONTENT_TYPE, "x-amzn-RequestId", UUID.randomUUID().toString()),
        new HttpReply.Bytes(
            Json.mapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8)));
  }
}
