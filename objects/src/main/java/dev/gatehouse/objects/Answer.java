package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an S3 call comes to: S3Proxy's reply, or an error of ours. */
sealed interface Answer {

  /** Where the rights to list are missing, S3 does not say it. */
  String NO_SUCH_KEY = "NoSuchKey";

  record Passed(HttpReply reply) implements Answer {}

  static Failed noSuchBucket(String bucket) {
    return new Failed(
        404, "NoSuchBucket", "The specified bucket does not exist", Map.of("BucketName", bucket));
  }

  static Failed noSuchKey(String key) {
    return new Failed(404, NO_SUCH_KEY, "The specified key does not exist.", Map.of("Key", key));
  }

  static Failed noSuchUpload() {
    return new Failed(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.");
  }

  static Failed invalidArgument(String name, String value, String message) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put("ArgumentName", name);
    more.put("ArgumentValue", value);
    return new Failed(400, "InvalidArgument", message, more);
  }

  static Failed notBuilt(String what) {
    return new Failed(501, "NotImplemented", what + " is not built here.");
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

  /**
   * An S3 error.
   *
   * @param more the members of the document that this code has besides [C]
   */
  record Failed(int status, String code, String message, Map<String, String> more)
      implements Answer {
    public Failed {
      more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    Failed(int status, String code, String message) {
      this(status, code, message, Map.of());
    }

    /** The error document; a HEAD has none [C]. */
    HttpReply reply(HttpCall call, String requestId, String hostId) {
      if (call.method().equals("HEAD")) {
        return HttpReply.empty(status);
      }
      StringBuilder xml = new StringBuilder(512);
      xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
      member(xml, "Code", code);
      member(xml, "Message", message);
      if (more.isEmpty()) {
        member(xml, "Resource", call.rawPath());
      }
      more.forEach((name, value) -> member(xml, name, value));
      member(xml, "RequestId", requestId);
      member(xml, "HostId", hostId);
      byte[] document = xml.append("</Error>").toString().getBytes(StandardCharsets.UTF_8);
      return new HttpReply(
          status, Headers.of("Content-Type", "application/xml"), new HttpReply.Bytes(document));
    }

    private static void member(StringBuilder xml, String name, String text) {
      xml.append('<').append(name).append('>').append(XmlText.escaped(text));
      xml.append("</").append(name).append('>');
    }
  }
}
