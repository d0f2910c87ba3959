package dev.gatehouse.lambda.process;

import java.util.Map;

/**
 * A request to the Runtime API.
 *
 * @param headers names in lower case
 * @param tooLarge whether the body was over the limit; it was then read and thrown away
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record RuntimeRequest(
    String method, String path, Map<String, String> headers, byte[] body, boolean tooLarge) {}
