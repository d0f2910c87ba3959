package dev.gatehouse.gateway;

import org.jspecify.annotations.Nullable;

/**
 * What a request was, kept for {@link RecentRequests}: texts only, so that nothing old is held in
 * memory by it.
 *
 * @param account whose API it was for; null where it was for none
 * @param path decoded, with the stage, without the query
 */
record RequestFacts(
    String requestId,
    long startMillis,
    String method,
    String path,
    @Nullable String account,
    String apiId,
    @Nullable String stageName,
    @Nullable LiveRoute route) {}
