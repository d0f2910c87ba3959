package dev.gatehouse.lambda.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the HTTP/1.1 that runtimes speak, off one connection. Strict and bounded: what comes in is
 * written by the function's code.
 */
final class RuntimeRequests {
  private static final int MAX_HEAD = 64 * 1024;
  private static final long MAX_DISCARDED = 1L << 30;

  private final InputStream in;
  private final int maxBody;

  RuntimeRequests(InputStream in, int maxBody) {
    this.in = new BufferedInputStream(in, 16 * 1024);
    this.maxBody = maxBody;
  }

  /** The next request; empty where the client closed between requests. */
  Optional<RuntimeRequest> next() throws IOException {
    int[] budget = {MAX_HEAD};
    String first = line(budget);
    if (first == null) {
      return Optional.empty();
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("not HTTP/1.1");
    }
    Map<String, String> headers = headers(budget);
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    boolean tooLarge =
        headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")
            ? !chunks(body)
            : !piece(length(headers.getOrDefault("content-length", "0"), 10), body);
    return Optional.of(
        new RuntimeRequest(parts[0], parts[1], headers, body.toByteArray(), tooLarge));
  }

  private Map<String, String> headers(int[] budget) throws IOException {
    Map<String, String> headers = new HashMap<>();
    while (true) {
      String line = line(budget);
      if (line == null) {
        throw new EOFException();
      }
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("malformed header line");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
  }

  /** Appends that many bytes; false where the body is then over its limit and was discarded. */
  private boolean piece(long length, ByteArrayOutputStream body) throws IOException {
    if (length > MAX_DISCARDED) {
      throw new IOException("body beyond any measure");
    }
    if (body.size() + length > maxBody) {
      in.skipNBytes(length);
      return false;
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    body.write(bytes, 0, bytes.length);
    return true;
  }

  private boolean chunks(ByteArrayOutputStream body) throws IOException {
    boolean whole = true;
    long total = 0;
    while (true) {
      long size = length(required(line(new int[] {MAX_HEAD})).split(";", 2)[0].trim(), 16);
      total += size;
      if (total > MAX_DISCARDED) {
        throw new IOException("body beyond any measure");
      }
      if (size == 0) {
        headers(new int[] {MAX_HEAD}); // trailers, up to the empty line
        return whole;
      }
      whole &= piece(size, body);
      required(line(new int[] {2}));
    }
  }

  private static long length(String digits, int radix) throws IOException {
    try {
      long length = Long.parseLong(digits, radix);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw new IOException("malformed length", e);
    }
    throw new IOException("negative length");
  }

  private static String required(@Nullable String line) throws IOException {
    if (line == null) {
      throw new EOFException();
    }
    return line;
  }

  /** The next line without its end; null at the end of the stream. */
  private @Nullable String line(int[] budget) throws IOException {
    StringBuilder line = new StringBuilder(80);
    while (true) {
      int c = in.read();
      if (c < 0) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException();
      }
      if (--budget[0] < 0) {
        throw new IOException("head too long");
      }
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
  }
}
