package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.HttpCall;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The text that a signature covers.
 *
 * <p>A path or query can be spelled in more than one way ({@code (} or {@code %28}), and a signer
 * signs either what it sends or the one spelling that AWS documents. Both readings of a request
 * name the same thing, so a signature over either is good.
 */
final class CanonicalRequest {
  private static final List<UnaryOperator<String>> SPELLINGS =
      List.of(QueryText::reencoded, UnaryOperator.identity());

  private CanonicalRequest() {}

  /** The readings, the likelier ones first; each is written only when it is asked for. */
  static Stream<String> readings(
      HttpCall call, PathRule rule, List<String> signedHeaders, String payloadHash) {
    String path = call.rawPath().isEmpty() ? "/" : call.rawPath();
    QueryText query = QueryText.parse(call.rawQuery());
    String end = "\n" + headers(call, signedHeaders) + "\n" + payloadHash;
    return rule.readings(path).stream()
        .flatMap(spelled ->
            SPELLINGS.stream().map(spelling -> spelled + "\n" + query.canonical(spelling)))
        .distinct()
        .map(target -> call.method() + "\n" + target + end);
  }

  /** Repeated lines are joined in their order; white space around is cut, within it is folded. */
  private static String headers(HttpCall call, List<String> signedHeaders) {
    StringBuilder out = new StringBuilder();
    for (String name : signedHeaders) {
      String comma = "";
      out.append(name).append(':');
      for (String value : call.headers().all(name)) {
        out.append(comma).append(folded(value));
        comma = ",";
      }
      out.append('\n');
    }
    return out.append('\n').append(String.join(";", signedHeaders)).toString();
  }

  static String folded(String value) {
    StringBuilder out = new StringBuilder(value.length());
    boolean gap = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        gap = true;
      } else {
        if (gap && !out.isEmpty()) {
          out.append(' ');
        }
        gap = false;
        out.append(c);
      }
    }
    return out.toString();
  }
}
