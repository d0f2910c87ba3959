package dev.gatehouse.conformance.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A wire in front of a server that keeps what clients send through it, byte for byte. With a
 * factory for TLS it is a forward proxy (CONNECT) that stands in for every host it is asked for.
 */
public final class Tap implements AutoCloseable {
  private static final int CHUNK = 16 * 1024;

  private final ServerSocket server;
  private final ToIntFunction<String> upstream;
  private final @Nullable SSLSocketFactory tls;
  private final Queue<Wire> wires = new ConcurrentLinkedQueue<>();

  /**
   * What came over one connection.
   *
   * @param host that the proxy was asked for; empty where it was none
   */
  private record Wire(String host, ByteArrayOutputStream sent) {}

  private Tap(ServerSocket server, ToIntFunction<String> upstream, @Nullable SSLSocketFactory tls) {
    this.server = server;
    this.upstream = upstream;
    this.tls = tls;
  }

  /** In front of a server on this machine. */
  public static Tap before(int port) throws IOException {
    return start(host -> port, null);
  }

  /** A forward proxy that leads each host to a port of this machine. */
  public static Tap proxy(ToIntFunction<String> ports, SSLSocketFactory tls) throws IOException {
    return start(ports, tls);
  }

  private static Tap start(ToIntFunction<String> port, @Nullable SSLSocketFactory tls)
      throws IOException {
    ServerSocket server = new ServerSocket(0, 128, InetAddress.getByName("127.0.0.1"));
    Tap tap = new Tap(server, port, tls);
    Thread.ofVirtual().start(tap::accept);
    return tap;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getLocalPort();
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Every request so far, as it was sent. */
  public List<SentRequest> requests() {
    return wires.stream()
        .flatMap(wire -> SentRequest.read(wire.host(), wire.sent().toByteArray()).stream())
        .toList();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String host = tls == null ? "" : asked(client);
      try (Socket to = new Socket(InetAddress.getByName("127.0.0.1"), upstream.applyAsInt(host))) {
        join(host, tls == null ? client : secured(client), to);
      }
    } catch (IOException gone) {
      // a client that goes says nothing
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands on what comes, either way, until both sides are done. */
  private void join(String host, Socket from, Socket to) throws InterruptedException {
    Wire wire = new Wire(host, new ByteArrayOutputStream());
    wires.add(wire);
    Thread back =
        Thread.ofVirtual()
            .start(() -> {
              pump(to, from, null);
              quietly(from::close);
            });
    pump(from, to, wire.sent());
    quietly(to::shutdownOutput);
    back.join();
  }

  private Socket secured(Socket client) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(client, null, true);
    socket.setUseClientMode(false);
    return socket;
  }

  /** Reads {@code CONNECT host:port} and its headers, and agrees. */
  private static String asked(Socket client) throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = client.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no CONNECT came");
      }
      head.append((char) next);
    }
    client
        .getOutputStream()
        .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return head.substring("CONNECT ".length(), head.indexOf(":"));
  }

  private static void pump(Socket from, Socket to, @Nullable OutputStream copy) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (copy != null) {
          copy.write(chunk, 0, read);
        }
        out.write(chunk, 0, read);
        out.flush();
      }
    } catch (IOException gone) {
      // either side may go
    }
  }

  /** What may fail when a connection ends. */
  private interface Ending {
    void run() throws IOException;
  }

  private static void quietly(Ending ending) {
    try {
      ending.run();
    } catch (IOException gone) {
      // it is gone already
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
