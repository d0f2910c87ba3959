package dev.gatehouse.wire.rest;

import dev.gatehouse.wire.http.HttpReply;

/**
 * The two ids that AWS puts on every control reply (control-plane.md section 1 [L]).
 *
 * @param requestId a UUID, {@code x-amzn-RequestId}
 * @param gatewayId {@code x-amz-apigw-id}
 */
public record RequestIds(String requestId, String gatewayId) {

  HttpReply on(HttpReply reply) {
    return reply.with("x-amzn-RequestId", requestId).with("x-amz-apigw-id", gatewayId);
  }
}
