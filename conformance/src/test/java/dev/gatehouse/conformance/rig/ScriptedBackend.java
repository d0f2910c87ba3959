package dev.gatehouse.conformance.rig;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A backend that does on each connection what a test says, byte for byte. */
public final class ScriptedBackend implements AutoCloseable {

  /** What happens on a connection. */
  public interface Script {
    /** Does it; the connection is closed afterwards. */
    void run(Conversation conversation) throws Exception;
  }

  /** One connection. */
  public record Conversation(InputStream in, OutputStream out, Socket socket) {

    /** The head of the next request without the empty line; empty at the end. */
    public String head() throws IOException {
      StringBuilder head = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        head.append((char) c);
        if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
          return head.substring(0, head.length() - 4);
        }
      }
      return "";
    }

    /** The next request, whose body has a known length; its head, empty at the end. */
    public String request() throws IOException {
      String head = head();
      in.skipNBytes(length(head));
      return head;
    }

    private static int length(String head) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      return 0;
    }

    /** Sends text, a byte a character. */
    public void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Ends the connection without a farewell. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /** Answers 200 to every request. */
  public static final Script WELL =
      conversation -> {
        while (!conversation.request().isEmpty()) {
          conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
      };

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Script script = WELL;

  /** A backend that answers 200 until it is told otherwise. */
  public ScriptedBackend() throws IOException {
    server = new ServerSocket(0, 1_024, InetAddress.getByName("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  /** What happens on connections from now on; those that are open end. */
  public void script(Script next) throws IOException {
    script = next;
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** The URL without a path. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.run(
          new Conversation(
              new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), socket));
    } catch (Exception gone) {
      // the gateway closed it, or the test is over
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    script(conversation -> {});
  }
}
