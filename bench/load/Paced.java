import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends GET requests at a fixed, even rate over keep-alive connections and prints how long each
 * took.
 *
 * <p>A request's time counts from the moment it was due, not from when it was sent: a server that
 * stalls is charged for all the requests that had to wait for it. (wrk has no rate; h2load fires
 * its connections together, every 10 ms at best, which measures the burst.) One thread sends on
 * time, one blocks for answers; nothing spins, since the backend lives on the same core.
 *
 * <p>{@code java Paced.java PORT PATH HOST RATE CONNECTIONS WARM_SECONDS SECONDS BODY_LENGTH}
 */
final class Paced {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final int bodyLength;
  private final long warm;
  private final long[] micros;
  private final LinkedBlockingDeque<Connection> idle = new LinkedBlockingDeque<>();
  private final byte[] request;
  private volatile int answered;
  private volatile int failed;

  private Paced(String path, String host, int bodyLength, long warm, long total) {
    this.bodyLength = bodyLength;
    this.warm = warm;
    this.micros = new long[Math.toIntExact(total)];
    this.request =
        ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    double rate = Double.parseDouble(args[3]);
    int connections = Integer.parseInt(args[4]);
    long warm = (long) (rate * Double.parseDouble(args[5]));
    long total = warm + (long) (rate * Double.parseDouble(args[6]));
    Paced paced = new Paced(args[1], args[2], Integer.parseInt(args[7]), warm, total);
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        paced.connect(selector, port);
      }
      Thread.ofPlatform().daemon().start(() -> paced.receive(selector));
      paced.send(rate, total);
    }
  }

  private void connect(Selector selector, int port) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    Connection connection = new Connection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    idle.add(connection);
  }

  private void send(double rate, long total) throws Exception {
    long start = System.nanoTime();
    long giveUp = start + (long) (total / rate * 1e9);
    int sent = 0;
    while (sent < total) {
      long due = start + (long) (sent * 1e9 / rate);
      for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
        LockSupport.parkNanos(early);
      }
      Connection connection =
          idle.pollFirst(Math.max(0, giveUp - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (connection == null) {
        break;
      }
      connection.start(sent++, due, request);
    }
    while (answered + failed < sent && System.nanoTime() < giveUp + 2_000_000_000L) {
      Thread.sleep(5);
    }
    print(sent, total - sent, (System.nanoTime() - start) / 1e9);
  }

  private void receive(Selector selector) {
    try {
      while (true) {
        selector.select(key -> read((Connection) key.attachment()));
      }
    } catch (IOException | RuntimeException broken) {
      broken.printStackTrace();
      failed = Integer.MAX_VALUE / 2;
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // written by the receiving thread alone
  private void read(Connection connection) {
    Connection.Answer answer = connection.read(bodyLength);
    switch (answer) {
      case MORE -> {}
      case GOOD, BAD -> {
        micros[connection.number] = (System.nanoTime() - connection.due) / 1000;
        if (answer == Connection.Answer.GOOD) {
          answered++;
        } else {
          failed++;
        }
        if (connection.channel.isOpen()) {
          idle.addLast(connection);
        }
      }
    }
  }

  private void print(int sent, long unsent, double seconds) {
    int from = (int) Math.min(warm, sent);
    long[] sorted = Arrays.copyOfRange(micros, from, sent);
    Arrays.sort(sorted);
    long unanswered = (long) sent - answered - failed;
    System.out.printf(
        "REPORT\t%d\t%d\t%d\t%d\t%.3f\t%d\t%d\t%d%n",
        answered,
        failed,
        unanswered,
        unsent,
        seconds,
        at(sorted, 0.50),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static long at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))];
  }

  /** One client connection: at most one request in flight. */
  private static final class Connection {
    enum Answer {
      MORE,
      GOOD,
      BAD
    }

    final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_ANSWER);
    private int answerLength;
    volatile long due;
    volatile int number;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void start(int number, long due, byte[] request) throws IOException {
      this.number = number;
      this.due = due;
      if (channel.write(ByteBuffer.wrap(request)) < request.length) {
        throw new IOException("the socket took only part of a request");
      }
    }

    Answer read(int bodyLength) {
      try {
        if (channel.read(in) < 0) {
          throw new IOException("closed by the server");
        }
        if (answerLength == 0) {
          answerLength = answerLength(bodyLength);
        }
        if (answerLength == 0 || in.position() < answerLength) {
          return Answer.MORE;
        }
        boolean good = in.position() == answerLength && startsWith("HTTP/1.1 200");
        in.clear();
        answerLength = 0;
        return good ? Answer.GOOD : Answer.BAD;
      } catch (IOException broken) {
        try {
          channel.close();
        } catch (IOException ignored) {
          // closed either way; the request counts as failed
        }
        return Answer.BAD;
      }
    }

    /**
     * Head and body together once the head is complete, else 0. Any other body length than the
     * expected is bad.
     */
    private int answerLength(int bodyLength) throws IOException {
      for (int i = 0; i + 3 < in.position(); i++) {
        if (in.get(i) == '\r'
            && in.get(i + 1) == '\n'
            && in.get(i + 2) == '\r'
            && in.get(i + 3) == '\n') {
          return i + 4 + bodyLength;
        }
      }
      if (!in.hasRemaining()) {
        throw new IOException("the head never ends");
      }
      return 0;
    }

    private boolean startsWith(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (in.get(i) != text.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
