package dev.gatehouse.server;

import dev.gatehouse.iam.IamApi;
import dev.gatehouse.iam.StsApi;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.query.QueryReply;
import java.util.Map;
import java.util.UUID;

/** Refusals of the server itself, in the form of AWS's JSON services. */
final class Errors {
  private static final Map<String, String> XML =
      Map.of("iam", IamApi.NAMESPACE, "sts", StsApi.NAMESPACE);

  private Errors() {}

  /** The same in the form of a service. */
  static HttpReply reply(String service, int status, String type, String message) {
    String namespace = XML.get(service);
    return namespace == null
        ? reply(status, type, message)
        : QueryReply.refusal(namespace, status, type, message, UUID.randomUUID().toString());
  }

  static HttpReply reply(int status, String type, String message) {
    String body = Json.mapper().writeValueAsString(Map.of("message", message));
    return HttpReply.json(status, body).with("x-amzn-ErrorType", type);
  }
}
