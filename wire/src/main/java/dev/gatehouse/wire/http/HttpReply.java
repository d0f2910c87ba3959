package dev.gatehouse.wire.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The answer to an {@link HttpCall}. {@code content-length} or chunked framing is added by the
 * listener.
 */
public record HttpReply(int status, Headers headers, Content content) {

  /** What a reply carries. */
  public sealed interface Content {}

  /** A body held in memory. */
  @SuppressWarnings("ArrayRecordComponent") // a body is written once and never compared
  public record Bytes(byte[] bytes) implements Content {}

  /**
   * A body that is read as the client takes it, and closed at the end.
   *
   * @param length bytes, or -1 where it is not known
   */
  public record Stream(InputStream stream, long length) implements Content {}

  private static final Content EMPTY = new Bytes(new byte[0]);

  /** A reply without a body. */
  public static HttpReply empty(int status) {
    return new HttpReply(status, Headers.of(), EMPTY);
  }

  /** A reply of JSON text. */
  public static HttpReply json(int status, String json) {
    return new HttpReply(
        status,
        Headers.of("Content-Type", "application/json"),
        new Bytes(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** This reply with one more header line. */
  public HttpReply with(String name, String value) {
    return new HttpReply(status, headers.with(name, value), content);
  }
}
