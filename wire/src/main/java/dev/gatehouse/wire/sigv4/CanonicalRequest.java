package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.HttpCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The text that a signature covers.
 *
 * <p>A path or query can be spelled in more than one way ({@code (} or {@code %28}), and a signer
 * signs either what it sends or the one spelling that AWS documents. Both readings of a request
 * name the same thing, so a signature over either is good.
 */
final class CanonicalRequest {
  private CanonicalRequest() {}

  static Set<String> readings(
      HttpCall call, PathRule rule, List<String> signedHeaders, String payloadHash) {
    String path = call.rawPath().isEmpty() ? "/" : call.rawPath();
    List<String> paths = rule.readings(path);
    QueryText query = QueryText.parse(call.rawQuery());
    String end = "\n" + headers(call, signedHeaders) + "\n" + payloadHash;
    Set<String> readings = new LinkedHashSet<>();
    for (String spelledPath : paths) {
      for (String spelledQuery :
          List.of(
              query.canonical(QueryText::reencoded), query.canonical(UnaryOperator.identity()))) {
        readings.add(call.method() + "\n" + spelledPath + "\n" + spelledQuery + end);
      }
    }
    return readings;
  }

  /** Repeated lines are joined in their order; white space around is cut, within it is folded. */
  private static String headers(HttpCall call, List<String> signedHeaders) {
    StringBuilder out = new StringBuilder();
    for (String name : signedHeaders) {
      String value =
          call.headers().all(name).stream()
              .map(CanonicalRequest::folded)
              .collect(Collectors.joining(","));
      out.append(name).append(':').append(value).append('\n');
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
