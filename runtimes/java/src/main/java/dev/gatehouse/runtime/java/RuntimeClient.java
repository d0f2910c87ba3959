package dev.gatehouse.runtime.java;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks the Lambda Runtime API over one kept connection. A plain socket, because loading the JDK's
 * HTTP client would double the time of a cold start.
 */
final class RuntimeClient {
  private static final String BASE = "/2018-06-01/runtime/";

  private final String authority;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private RuntimeClient(String authority, Socket socket) throws IOException {
    this.authority = authority;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.out = socket.getOutputStream();
  }

  /** Connects to {@code host:port}. */
  static RuntimeClient to(String authority) {
    int colon = authority.lastIndexOf(':');
    try {
      Socket socket =
          new Socket(
              InetAddress.getByName(authority.substring(0, colon)),
              Integer.parseInt(authority.substring(colon + 1)));
      socket.setTcpNoDelay(true);
      return new RuntimeClient(authority, socket);
    } catch (IOException e) {
      throw new IllegalStateException("The Runtime API at " + authority + " does not answer", e);
    }
  }

  /** Waits for the next event, however long it takes. */
  Event next() throws IOException {
    send("GET", "invocation/next", null, new byte[0], 0);
    Answer answer = receive();
    return new Event(
        answer.header("lambda-runtime-aws-request-id"),
        Long.parseLong(answer.header("lambda-runtime-deadline-ms")),
        answer.header("lambda-runtime-invoked-function-arn"),
        answer.headers().getOrDefault("lambda-runtime-trace-id", ""),
        answer.headers().getOrDefault("lambda-runtime-client-context", ""),
        answer.body());
  }

  void respond(String requestId, ByteArrayOutputStream payload) throws IOException {
    byte[] bytes = payload.toByteArray();
    send("POST", "invocation/" + requestId + "/response", null, bytes, bytes.length);
    receive();
  }

  void fail(String requestId, Fault fault) throws IOException {
    byte[] bytes = fault.json().getBytes(StandardCharsets.UTF_8);
    send("POST", "invocation/" + requestId + "/error", fault.type(), bytes, bytes.length);
    receive();
  }

  void failStart(Fault fault) throws IOException {
    byte[] bytes = fault.json().getBytes(StandardCharsets.UTF_8);
    send("POST", "init/error", fault.type(), bytes, bytes.length);
    receive();
    socket.close();
  }

  private void send(String method, String path, @Nullable String errorType, byte[] body, int length)
      throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(BASE).append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority).append("\r\n");
    if (errorType != null) {
      head.append("Lambda-Runtime-Function-Error-Type: ").append(errorType).append("\r\n");
    }
    if (!method.equals("GET")) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(length);
      head.append("\r\n");
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(first, first.length + length);
    System.arraycopy(body, 0, whole, first.length, length);
    out.write(whole); // one write, one packet where it fits
  }

  private Answer receive() throws IOException {
    String status = line();
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the Runtime API closed within an answer");
    }
    return new Answer(status, headers, body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the Runtime API closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /** What the Runtime API answered; header names in lower case. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record Answer(String status, Map<String, String> headers, byte[] body) {

    String header(String name) throws IOException {
      String value = headers.get(name);
      if (value == null) {
        throw new IOException("The Runtime API answered " + status + " without " + name);
      }
      return value;
    }
  }
}
