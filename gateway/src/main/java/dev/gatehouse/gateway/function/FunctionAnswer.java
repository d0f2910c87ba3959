package dev.gatehouse.gateway.function;

import java.util.List;

/** What a function's payload says to the client (http-api.md 4.7 and 4.8). */
public sealed interface FunctionAnswer {

  /** A header line. */
  record Line(String name, String value) {}

  /** A response. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Structured(int status, List<Line> headers, byte[] body) implements FunctionAnswer {}

  /** A payload that is no response: the client gets 500. */
  record Malformed(String reason) implements FunctionAnswer {}

  /** Reads a payload. */
  static FunctionAnswer read(byte[] payload, boolean version2) {
    return new FunctionAnswerReader(payload, version2).read();
  }
}
