package dev.gatehouse.gateway.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one request that is over.
 *
 * @param time when its head was read, as ISO 8601
 * @param status what the client was answered; null where it was gone before
 * @param reason why the gateway itself answered or gave up; null where it did neither
 * @param phases one after the other, from the request's head to the end of the answer
 */
public record RequestReport(
    String requestId,
    String time,
    String method,
    String path,
    String apiId,
    @Nullable String stageName,
    @Nullable String routeKey,
    @Nullable String authorizerId,
    @Nullable String integrationId,
    @Nullable String target,
    @Nullable Integer status,
    @Nullable Integer integrationStatus,
    @Nullable String reason,
    long receivedBytes,
    long sentBytes,
    double millis,
    List<Phase> phases) {

  /**
   * A part of the time.
   *
   * @param from milliseconds after the request's head
   */
  public record Phase(String phase, double from, double millis) {}
}
