package dev.gatehouse.wire.sigv4;

import dev.gatehouse.wire.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines between the chunks of an {@code aws-chunked} body, bounded in length and number. */
final class ChunkLines {
  private static final int MAX_LINE = 4096;
  private static final int MAX_TRAILERS = 16;

  private final InputStream in;

  ChunkLines(InputStream in) {
    this.in = in;
  }

  /** The next line without its CRLF. */
  String next() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); ; c = in.read()) {
      if (c == '\r' && in.read() == '\n') {
        return line.toString();
      }
      if (c < ' ' || c > '~' || line.length() == MAX_LINE) {
        throw incomplete();
      }
      line.append((char) c);
    }
  }

  /** The lines up to the empty one. */
  Headers trailers() throws IOException {
    List<Headers.Header> trailers = new ArrayList<>();
    for (String line = next(); !line.isEmpty(); line = next()) {
      int colon = line.indexOf(':');
      if (colon <= 0 || trailers.size() == MAX_TRAILERS) {
        throw incomplete();
      }
      trailers.add(
          new Headers.Header(
              line.substring(0, colon).toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip()));
    }
    return new Headers(trailers);
  }

  static PayloadRejected incomplete() {
    return new PayloadRejected(
        400, "IncompleteBody", "The request body terminated unexpectedly or is not well-formed.");
  }
}
