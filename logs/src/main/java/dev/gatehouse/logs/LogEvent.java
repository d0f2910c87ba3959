package dev.gatehouse.logs;

/**
 * One event as it stands in its stream, without its message.
 *
 * @param sequence how many events the stream had before it; never the number of another one
 * @param millis when it happened
 * @param ingested when it was taken
 */
public record LogEvent(long sequence, long millis, long ingested) {}
