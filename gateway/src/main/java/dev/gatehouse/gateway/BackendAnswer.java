package dev.gatehouse.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** Turns the head of a backend's answer into the one that the client gets (http-api.md 5.3). */
final class BackendAnswer {
  private static final AsciiString REQUEST_ID = AsciiString.cached("x-amzn-requestid");
  private static final AsciiString S3_REQUEST_ID = AsciiString.cached("x-amz-request-id");
  private static final AsciiString S3_REQUEST_ID_2 = AsciiString.cached("x-amz-id-2");

  private BackendAnswer() {}

  /**
   * Changes the head in place.
   *
   * @param http10 whether the client speaks HTTP/1.0, which knows no chunks
   */
  static void prepare(Exchange exchange, HttpResponse response, boolean http10) {
    HttpHeaders headers = response.headers();
    HopByHop.remove(headers);
    frame(exchange, response, http10);
  }

  /** Whether the backend says of an answer without a body that it has one, and so may send it. */
  static boolean announcesForbiddenBody(HttpResponse response) {
    return response.status().equals(HttpResponseStatus.NO_CONTENT)
        && (HttpUtil.getContentLength(response, 0L) > 0
            || HttpUtil.isTransferEncodingChunked(response));
  }

  /** Notes what the answer tells of itself. */
  static void note(Timeline timeline, HttpResponse response) {
    int status = response.status().code();
    HttpHeaders headers = response.headers();
    timeline.serviceAnswered(status);
    timeline.integrationAnswered(status);
    String id = headers.get(REQUEST_ID);
    timeline.serviceRequest(
        id == null ? headers.get(S3_REQUEST_ID) : id, headers.get(S3_REQUEST_ID_2));
  }

  /** Makes the end of the body plain to the client, whatever marked it on the backend's side. */
  private static void frame(Exchange exchange, HttpResponse response, boolean http10) {
    HttpHeaders headers = response.headers();
    boolean chunked = HttpUtil.isTransferEncodingChunked(response);
    boolean head = exchange.method().equals(HttpMethod.HEAD);
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    if (response.status().equals(HttpResponseStatus.NO_CONTENT)) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (!head && exchange.request().method().equals(HttpMethod.HEAD)) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING); // the integration asked for the head only
      headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
    } else if (chunked && http10) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
      exchange.connection().closeAfterAnswer();
    } else if (!chunked && !head && isUnframed(response)) {
      if (http10) {
        exchange.connection().closeAfterAnswer();
      } else {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      }
    }
  }

  private static boolean isUnframed(HttpResponse response) {
    return !response.status().equals(HttpResponseStatus.NOT_MODIFIED)
        && !response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }
}
