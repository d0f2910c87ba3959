package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.nio.charset.StandardCharsets;

/** What an S3 call comes to: S3Proxy's reply, or an error of ours. */
sealed interface Answer {

  record Passed(HttpReply reply) implements Answer {}

  static Failed noSuchBucket() {
    return new Failed(404, "NoSuchBucket", "The specified bucket does not exist");
  }

  static Failed noSuchKey() {
    return new Failed(404, "NoSuchKey", "The specified key does not exist.");
  }

  static Failed preconditionFailed() {
    return new Failed(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }

  static Failed malformedXml() {
    return new Failed(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  /** An S3 error. */
  record Failed(int status, String code, String message) implements Answer {

    /** The error document; a HEAD has none [C]. */
    HttpReply reply(HttpCall call, String requestId) {
      if (call.method().equals("HEAD")) {
        return HttpReply.empty(status);
      }
      String xml =
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <Error><Code>%s</Code><Message>%s</Message><Resource>%s</Resource>\
          <RequestId>%s</RequestId></Error>\
          """
              .formatted(code, escaped(message), escaped(call.rawPath()), requestId);
      return new HttpReply(
          status,
          Headers.of("Content-Type", "application/xml"),
          new HttpReply.Bytes(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String escaped(String text) {
      return text.replaceAll("[^\\x20-\\x7e]", "?")
          .replace("&", "&amp;")
          .replace("<", "&lt;")
          .replace(">", "&gt;");
    }
  }
}
