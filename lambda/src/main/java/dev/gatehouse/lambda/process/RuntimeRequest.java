package dev.gatehouse.lambda.process;

import java.util.Map;

/**
 * A request to the Runtime API.
 *
 * @param body empty where it was passed on while it came
 * @param trailers names in lower case
 * @param tooLarge whether the body was over the limit; it was then read and thrown away
 * @param streamed whether the body was passed on while it came
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record RuntimeRequest(
    Head head, byte[] body, Map<String, String> trailers, boolean tooLarge, boolean streamed) {

  /**
   * What goes before the body.
   *
   * @param headers names in lower case
   */
  record Head(String method, String path, Map<String, String> headers) {}

  String method() {
    return head.method();
  }

  String path() {
    return head.path();
  }

  Map<String, String> headers() {
    return head.headers();
  }
}
