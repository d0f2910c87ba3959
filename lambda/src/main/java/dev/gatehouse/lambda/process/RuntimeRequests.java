package dev.gatehouse.lambda.process;

import java.io.BufferedInputStream;
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
  private static final int PIECE = 16 * 1024;

  private final InputStream in;
  private final int maxBody;
  private byte[] piece = new byte[0];

  /** Says where bodies go that are passed on while they come. */
  @FunctionalInterface
  interface Passing {
    /** Null for a body that is to be held. */
    @Nullable BodyTarget target(RuntimeRequest.Head head) throws InterruptedException;
  }

  RuntimeRequests(InputStream in, int maxBody) {
    this.in = new BufferedInputStream(in, PIECE);
    this.maxBody = maxBody;
  }

  /** The next request; empty where the client closed between requests. */
  Optional<RuntimeRequest> next(Passing passing) throws IOException, InterruptedException {
    int[] budget = {MAX_HEAD};
    String first = line(budget);
    if (first == null) {
      return Optional.empty();
    }
    String[] parts = first.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("not HTTP/1.1");
    }
    RuntimeRequest.Head head = new RuntimeRequest.Head(parts[0], parts[1], headers(budget));
    BodyTarget target = passing.target(head);
    if (target != null) {
      return Optional.of(
          new RuntimeRequest(head, new byte[0], body(head, target, Long.MAX_VALUE), false, true));
    }
    HeldBody held = new HeldBody(maxBody);
    Map<String, String> trailers = body(head, held, MAX_DISCARDED);
    return Optional.of(new RuntimeRequest(head, held.bytes(), trailers, held.tooLarge(), false));
  }

  /** Reads the body and returns its trailers. */
  private Map<String, String> body(RuntimeRequest.Head head, BodyTarget target, long most)
      throws IOException, InterruptedException {
    if (head.headers().getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(target, most);
    }
    piece(length(head.headers().getOrDefault("content-length", "0"), 10), target, most);
    return Map.of();
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

  /** Hands on that many bytes, as soon as some are there. */
  private void piece(long length, BodyTarget target, long most)
      throws IOException, InterruptedException {
    if (length > most) {
      throw new IOException("body beyond any measure");
    }
    if (piece.length == 0 && length > 0) {
      piece = new byte[PIECE];
    }
    for (long left = length; left > 0; ) {
      int read = in.read(piece, 0, (int) Math.min(left, piece.length));
      if (read < 0) {
        throw new EOFException();
      }
      target.write(piece, 0, read);
      left -= read;
    }
  }

  private Map<String, String> chunks(BodyTarget target, long most)
      throws IOException, InterruptedException {
    for (long left = most; ; ) {
      long size = length(required(line(new int[] {MAX_HEAD})).split(";", 2)[0].trim(), 16);
      if (size == 0) {
        return headers(new int[] {MAX_HEAD}); // trailers, up to the empty line
      }
      piece(size, target, left);
      left -= size;
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
