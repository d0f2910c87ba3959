package dev.gatehouse.objects;

import dev.gatehouse.wire.http.Headers;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The headers that go on to S3Proxy and those that come back. */
final class ForwardedHeaders {
  private static final Set<String> STANDARD =
      Set.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-md5",
          "content-type",
          "expires",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-unmodified-since",
          "range");

  /** Dealt with on our side. What else begins with x-amz- is for S3Proxy to do or to refuse. */
  private static final Set<String> OURS =
      Set.of(
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-decoded-content-length",
          "x-amz-security-token",
          "x-amz-te",
          "x-amz-trailer",
          "x-amz-user-agent");

  private static final Set<String> NOT_BACK =
      Set.of(
          "connection",
          "content-length",
          "date",
          "keep-alive",
          "server",
          "transfer-encoding",
          "x-amz-request-id");

  private ForwardedHeaders() {}

  static Headers request(Headers headers) {
    return new Headers(
        headers.lines().stream()
            .filter(line -> goesOn(line.name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  static Headers response(HttpHeaders headers) {
    List<Headers.Header> lines = new ArrayList<>();
    headers
        .map()
        .forEach((name, values) -> {
          if (!name.startsWith(":") && !NOT_BACK.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> lines.add(new Headers.Header(name, value)));
          }
        });
    return new Headers(lines);
  }

  private static boolean goesOn(String name) {
    return STANDARD.contains(name) || (name.startsWith("x-amz-") && !OURS.contains(name));
  }
}
