package dev.gatehouse.wire.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;

/**
 * One HTTP request.
 *
 * @param target the request target exactly as received: raw path and query
 * @param headers in the order received, names as received; each character is one byte as it was
 *     sent (ISO-8859-1), whatever encoding the sender meant
 * @param body the body, streamed; empty where there is none
 * @param bodyLength bytes, or -1 where the client did not say (chunked)
 * @param peer the socket's other end
 * @param secure whether the connection is TLS
 */
public record HttpCall(
    String method,
    String target,
    Headers headers,
    InputStream body,
    long bodyLength,
    InetSocketAddress peer,
    boolean secure) {

  /** The same call with other headers. */
  public HttpCall with(Headers others) {
    return new HttpCall(method, target, others, body, bodyLength, peer, secure);
  }

  /** The same call with a body that is held. */
  public HttpCall with(byte[] held) {
    InputStream whole = new ByteArrayInputStream(held);
    return new HttpCall(method, target, headers, whole, held.length, peer, secure);
  }

  /** The raw path: the target up to the question mark. */
  public String rawPath() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** The raw query without the question mark; empty where there is none. */
  public String rawQuery() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /** Without headers and query, where signatures and tokens stand. */
  @Override
  public String toString() {
    return "HttpCall[" + method + " " + rawPath() + "]";
  }
}
