package dev.gatehouse.lambda.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of one process's Runtime API, on a loopback port of its own. Own code rather than
 * the JDK's server: that takes two platform threads a port, and there is a port for every process.
 */
final class RuntimeServer implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 64;

  /** Answers requests; may block, as {@code next} does. */
  interface Responder {
    RuntimeAnswer answer(RuntimeRequest request) throws InterruptedException;

    /** Where a request's body goes while it comes; null for one that is to be held. */
    @Nullable BodyTarget target(RuntimeRequest.Head head) throws InterruptedException;
  }

  private final ServerSocket listener;
  private final Responder responder;
  private final Predicate<InetSocketAddress> peers;
  private final int maxBody;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);

  private RuntimeServer(
      ServerSocket listener, Responder responder, Predicate<InetSocketAddress> peers, int maxBody) {
    this.listener = listener;
    this.responder = responder;
    this.peers = peers;
    this.maxBody = maxBody;
  }

  /**
   * Listens on a free port.
   *
   * @param peers which connections are heard; others are closed at once
   * @param maxBody bytes
   */
  static RuntimeServer start(Responder responder, Predicate<InetSocketAddress> peers, int maxBody)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
        MAX_CONNECTIONS);
    RuntimeServer server = new RuntimeServer(listener, responder, peers, maxBody);
    Thread.ofVirtual().name("runtime-api-" + listener.getLocalPort()).start(server::accept);
    return server;
  }

  /** {@code host:port}. */
  String authority() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (places.tryAcquire()) {
          open.add(socket);
          Thread.ofVirtual().start(() -> serve(socket));
        } else {
          socket.close();
        }
      } catch (IOException e) {
        // The listener is closed, or the client has gone again: both seen at the top.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      if (peers.test((InetSocketAddress) socket.getRemoteSocketAddress())) {
        converse(socket);
      }
    } catch (IOException e) {
      // The process went away, which its session learns from the process itself.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
      places.release();
    }
  }

  private void converse(Socket socket) throws IOException, InterruptedException {
    RuntimeRequests requests = new RuntimeRequests(socket.getInputStream(), maxBody);
    RuntimeRequests.Passing passing = head -> isForUs(head) ? responder.target(head) : null;
    Optional<RuntimeRequest> request = requests.next(passing);
    while (request.isPresent() && !listener.isClosed()) {
      socket.getOutputStream().write(answer(request.get()).bytes());
      request = requests.next(passing);
    }
  }

  /** The Host must be ours, so that no web page can reach the port under a name of its own. */
  private boolean isForUs(RuntimeRequest.Head head) {
    return authority().equals(head.headers().get("host"));
  }

  private RuntimeAnswer answer(RuntimeRequest request) throws InterruptedException {
    return isForUs(request.head())
        ? responder.answer(request)
        : RuntimeAnswer.refused(403, "InvalidHost", "This is not the Host of this Runtime API");
  }

  @Override
  public void close() {
    closeQuietly(listener);
    open.forEach(RuntimeServer::closeQuietly);
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // It is closed as far as we are concerned.
    }
  }
}
