package dev.gatehouse.lambda;

import java.time.Instant;

/** An event that nobody waits for. */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record LaterEvent(FunctionName name, String requestId, Instant accepted, byte[] payload) {}
