package dev.gatehouse.conformance.rig;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** HTTP/1.1 over a plain socket, so that a test sees and sends exactly the bytes it means. */
public record Http(int port) {
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  /** Where it is on this machine. */
  public InetSocketAddress address() {
    return new InetSocketAddress("127.0.0.1", port);
  }

  /** A GET with header lines such as {@code Host: example.com}. */
  public Reply get(String target, String... headers) throws IOException {
    return send("GET", target, "", headers);
  }

  /** A request with a text as its body; none where it is empty. */
  public Reply send(String method, String target, String body, String... headers)
      throws IOException {
    return send(method, target, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** A request with a body of a known length; host and length are added where they are missing. */
  public Reply send(String method, String target, byte[] body, String... headers)
      throws IOException {
    List<String> lines = new ArrayList<>(List.of(headers));
    if (lines.stream().noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"))) {
      lines.addFirst("Host: 127.0.0.1:" + port);
    }
    if (body.length > 0) {
      lines.add("Content-Length: " + body.length);
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head = method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    request.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    return exchange(request.toByteArray(), method.equals("HEAD"));
  }

  /** Sends bytes and reads one reply. */
  public Reply exchange(byte[] request, boolean head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return read(new BufferedInputStream(socket.getInputStream()), head);
    }
  }

  private static Reply read(InputStream in, boolean head) throws IOException {
    int status;
    List<String> lines;
    do {
      String first = line(in);
      status = Integer.parseInt(first.split(" ", 3)[1]);
      lines = new ArrayList<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        lines.add(line);
      }
    } while (status < 200 && status != 101);
    Reply empty = new Reply(status, List.copyOf(lines), new byte[0]);
    boolean bodiless = head || status == 101 || status == 204 || status == 304;
    return bodiless ? empty : new Reply(status, empty.lines(), body(in, empty));
  }

  private static byte[] body(InputStream in, Reply head) throws IOException {
    if (head.header("transfer-encoding").map("chunked"::equalsIgnoreCase).orElse(false)) {
      return chunks(in);
    }
    Optional<String> length = head.header("content-length");
    if (length.isEmpty()) {
      return in.readAllBytes();
    }
    return exactly(in, Integer.parseInt(length.get()));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      if (size == 0) {
        while (!line(in).isEmpty()) {
          // trailers
        }
        return body.toByteArray();
      }
      body.writeBytes(exactly(in, size));
      line(in);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The body ended after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection ended within the head: " + line);
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
