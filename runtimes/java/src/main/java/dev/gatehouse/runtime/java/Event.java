package dev.gatehouse.runtime.java;

/**
 * One invocation as the Runtime API hands it out.
 *
 * @param deadline milliseconds since 1970 at which the process is killed
 * @param traceId empty where there is none
 * @param clientContext JSON; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Event(
    String requestId,
    long deadline,
    String functionArn,
    String traceId,
    String clientContext,
    byte[] payload) {}
