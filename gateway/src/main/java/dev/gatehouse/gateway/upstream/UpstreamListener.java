package dev.gatehouse.gateway.upstream;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/** What happens to a request on its upstream. Called on the request's event loop. */
public interface UpstreamListener {

  /** Why there is no answer. */
  enum Failure {
    /** No connection: unknown name, refused, unreachable, or too many others wait for one. */
    UNREACHABLE,
    /** The address is one that may not be a backend. */
    FORBIDDEN,
    /** The backend's certificate is not valid for it, or it does not speak TLS. */
    UNTRUSTED,
    /** The connection ended before the response did. */
    CUT,
    /** What came is not HTTP. */
    MALFORMED
  }

  /** A connection is there; the request may be written. */
  void connected(UpstreamConnection connection);

  /** The head of the response. */
  void head(HttpResponse response);

  /** The next part of the response's body, with its reference; the last is a LastHttpContent. */
  void part(HttpContent content);

  /** No more parts are at hand for now: what was written on may be flushed. */
  void paused();

  /** The upstream takes more of the request again. */
  void writable();

  /** There will be no more. */
  void failed(Failure failure);
}
