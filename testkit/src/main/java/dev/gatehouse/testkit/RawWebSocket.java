package dev.gatehouse.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A WebSocket client that sends exactly the bytes that a test means, and shows what comes. */
public final class RawWebSocket implements AutoCloseable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int PATIENCE_MILLIS = 45_000;
  private static final int FIN = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Socket socket;
  private final DataInputStream in;
  private final String head;

  /** A frame that came. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Frame(boolean fin, int rsv, int opcode, byte[] payload) {
    /** The payload as text. */
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    /** The status of a close frame; 1005 where it has none. */
    public int code() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
    }
  }

  /**
   * Asks for a WebSocket and reads the answer, whatever that is.
   *
   * @param headers whole lines, beside those of the handshake
   */
  public RawWebSocket(InetSocketAddress address, String host, String target, String... headers)
      throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + host);
    request.append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13");
    request.append("\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    for (String header : headers) {
      request.append("\r\n").append(header);
    }
    bytes(request.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    head = readHead();
  }

  private String readHead() throws IOException {
    StringBuilder lines = new StringBuilder();
    while (!lines.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("after " + lines);
      }
      lines.append((char) next);
    }
    return lines.toString();
  }

  /** The socket. */
  public Socket socket() {
    return socket;
  }

  /** The answer's status line and headers. */
  public String head() {
    return head;
  }

  /** The status of the answer. */
  public int status() {
    return Integer.parseInt(head.split(" ", 3)[1]);
  }

  /** The body of a refusal. */
  public String body() throws IOException {
    String marker = "content-length: ";
    int at = head.toLowerCase(Locale.ROOT).indexOf(marker);
    String length = head.substring(at + marker.length()).split("\r\n", 2)[0];
    return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  /** Sends bytes as they are. */
  public void bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends a text. */
  public void text(String text) throws IOException {
    frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a frame. */
  public void frame(boolean fin, int opcode, byte[] payload) throws IOException {
    bytes(masked((fin ? FIN : 0) | opcode, payload));
  }

  /** Sends a close frame. */
  public void close(int code, String reason) throws IOException {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text);
    frame(true, CLOSE, payload.array());
  }

  /** A frame with that first byte, masked as a client's must be. */
  public static byte[] masked(int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else if (payload.length <= 0xffff) {
      out.write(0x80 | 126);
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      out.write(0x80 | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    out.writeBytes(MASK);
    byte[] hidden = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      hidden[i] = (byte) (payload[i] ^ MASK[i & 3]);
    }
    out.writeBytes(hidden);
    return out.toByteArray();
  }

  /** The next frame. */
  public Frame read() throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((second & 0x80) != 0) {
      throw new AssertionError("a server's frame is masked");
    }
    long length = second;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = in.readNBytes((int) length);
    return new Frame((first & FIN) != 0, (first >> 4) & 7, first & 15, payload);
  }

  /** The next message, put together. */
  public String message() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    Frame frame = read();
    message.writeBytes(frame.payload());
    while (!frame.fin()) {
      frame = read();
      message.writeBytes(frame.payload());
    }
    return message.toString(StandardCharsets.UTF_8);
  }

  /** Whether the server has closed the connection, waiting for it. */
  public boolean ended() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
