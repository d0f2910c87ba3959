package dev.gatehouse.wire.query;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpReply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers of the Query protocol. */
public final class QueryReply {
  /** What the protocol calls the refusals that JSON services give by other names [C]. */
  private static final Map<String, String> CODES =
      Map.of(
          "MissingAuthenticationTokenException", "MissingAuthenticationToken",
          "IncompleteSignatureException", "IncompleteSignature",
          "UnrecognizedClientException", "InvalidClientTokenId",
          "InvalidSignatureException", "SignatureDoesNotMatch",
          "ExpiredTokenException", "ExpiredToken",
          "AccessDeniedException", "AccessDenied");

  private QueryReply() {}

  /**
   * The answer of an operation.
   *
   * @param namespace of the service's XML
   * @param result null where the operation has none
   */
  public static HttpReply of(
      String namespace, String action, @Nullable ObjectNode result, String requestId) {
    XmlText xml = new XmlText().open(action + "Response xmlns=\"" + namespace + "\"");
    if (result != null) {
      xml.open(action + "Result").members(result).close(action + "Result");
    }
    xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
    return reply(200, xml.close(action + "Response"), requestId);
  }

  /** A refusal. */
  public static HttpReply refusal(
      String namespace, int status, String code, String message, String requestId) {
    XmlText xml =
        new XmlText()
            .open("ErrorResponse xmlns=\"" + namespace + "\"")
            .open("Error")
            .element("Type", status < 500 ? "Sender" : "Receiver")
            .element("Code", CODES.getOrDefault(code, code))
            .element("Message", message)
            .close("Error")
            .element("RequestId", requestId)
            .close("ErrorResponse");
    return reply(status, xml, requestId);
  }

  private static HttpReply reply(int status, XmlText xml, String requestId) {
    byte[] bytes = (xml + "\n").getBytes(StandardCharsets.UTF_8);
    return new HttpReply(status, Headers.of("Content-Type", "text/xml"), new HttpReply.Bytes(bytes))
        .with("x-amzn-RequestId", requestId);
  }
}
