package dev.gatehouse.gateway.function;

import dev.gatehouse.gateway.net.HeaderText;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** What a function's payload says to the client (http-api.md 4.7 and 4.8). */
public sealed interface FunctionAnswer {

  /** A header line. */
  record Line(String name, String value) {}

  /** A response. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Structured(int status, List<Line> headers, byte[] body) implements FunctionAnswer {

    /** Adds its headers to these; false where one of them cannot be sent. */
    public boolean addTo(HttpHeaders target) {
      try {
        headers.forEach(line -> target.add(line.name(), HeaderText.write(line.value().strip())));
        return true;
      } catch (IllegalArgumentException unsendable) {
        return false;
      }
    }
  }

  /** A payload that is no response: the client gets 500. */
  record Malformed(String reason) implements FunctionAnswer {}

  /** Reads a payload. */
  static FunctionAnswer read(byte[] payload, boolean version2) {
    return new FunctionAnswerReader(
            payload, version2 ? FunctionAnswerReader.Form.TWO : FunctionAnswerReader.Form.ONE)
        .read();
  }
}
