package dev.gatehouse.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A backend that does with each connection what the test says, byte for byte. */
final class Backends implements AutoCloseable {

  /** What happens on one connection. */
  interface Script {
    void run(Conversation conversation) throws IOException;
  }

  /** One connection to the backend. */
  record Conversation(InputStream in, OutputStream out, Socket socket) {

    /** The head of the next request, up to and without the empty line; empty at the end. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        head.append((char) c);
        if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
          return head.substring(0, head.length() - 4);
        }
      }
      return "";
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

  Backends(Script script) throws IOException {
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** A backend that keeps the request's head and answers 200 with that body, on every request. */
  static Backends answering(String body) throws IOException {
    return answering("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n", body);
  }

  static Backends answering(String head, String body) throws IOException {
    Backends[] self = new Backends[1];
    self[0] =
        new Backends(conversation -> {
          for (String request = conversation.head();
              !request.isEmpty();
              request = conversation.head()) {
            self[0].heads.add(request);
            conversation.in().readNBytes(length(request));
            conversation.send(head + "\r\n" + body);
          }
        });
    return self[0];
  }

  static int length(String head) {
    for (String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    return 0;
  }

  /** The head of the next request that came, waiting for it. */
  String nextHead() throws InterruptedException {
    String head = heads.poll(10, TimeUnit.SECONDS);
    if (head == null) {
      throw new AssertionError("no request came");
    }
    return head;
  }

  /** Whether no other request came. */
  boolean isIdle() {
    return heads.isEmpty();
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket, script));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Script script) {
    try (socket) {
      script.run(
          new Conversation(
              new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), socket));
    } catch (IOException gone) {
      // the gateway closed it
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
