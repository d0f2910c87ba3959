import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * WebSocket clients in a process of their own, told what to do line by line:
 *
 * <pre>
 *   open N                        until N connections are open, 64 at a time
 *   echo CLIENTS SECONDS [RATE]   that many send and wait for "pong", over and over, or RATE times a second in all
 *   broadcast N                   learns the ids of N connections, answers, awaits a line "go", and tells each something
 *                                 through @connections
 *   close                         all are closed in one moment
 *   quit
 * </pre>
 *
 * Run as {@code java Sockets.java PORT PATH}. Answers each line with one line of key=value.
 */
public final class Sockets {
  private static final byte[] MESSAGE = masked("{\"action\":\"echo\"}");
  private static final int POSTERS = 32;
  private static final int OPENERS = 64;
  private static final String ANSWER = "pong";

  private static int port;
  private static String path;
  private static final List<Client> CLIENTS = new ArrayList<>();

  /** One connection. */
  private static final class Client {
    final Socket socket;
    final DataInputStream in;
    final OutputStream out;
    String id = "";

    Client() throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 256));
      out = socket.getOutputStream();
      String head =
          "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUser-Agent: sockets\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (answer.length() < 4 || !answer.substring(answer.length() - 4).equals("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("closed after " + answer);
        }
        answer.append((char) next);
      }
      if (!answer.toString().startsWith("HTTP/1.1 101")) {
        throw new IOException(answer.toString());
      }
    }

    /** Where no route takes a message, the answer names the connection. */
    void askId() throws IOException {
      if (id.isEmpty()) {
        out.write(MESSAGE);
        id = new String(message(), StandardCharsets.UTF_8).replaceAll(".*\"connectionId\":\"([^\"]+)\".*", "$1");
      }
    }

    byte[] message() throws IOException {
      in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      return in.readNBytes(length);
    }
  }

  /** A short text as a client sends it: masked, with a mask that changes nothing. */
  private static byte[] masked(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = Arrays.copyOf(new byte[] {(byte) 0x81, (byte) (0x80 | payload.length)}, 6 + payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  public static void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[0]);
    path = arguments[1];
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "open" -> open(Integer.parseInt(words[1]));
        case "echo" -> echo(
            Integer.parseInt(words[1]), Integer.parseInt(words[2]), words.length > 3 ? Integer.parseInt(words[3]) : 0);
        case "broadcast" -> broadcast(lines, Integer.parseInt(words[1]));
        case "close" -> close();
        default -> System.exit(0);
      }
    }
  }

  private static void open(int count) throws Exception {
    long start = System.nanoTime();
    int missing = count - CLIENTS.size();
    AtomicInteger left = new AtomicInteger(missing);
    List<Client> opened = Collections.synchronizedList(new ArrayList<>());
    all(OPENERS, opener -> {
      while (left.getAndDecrement() > 0) {
        opened.add(new Client());
      }
    });
    CLIENTS.addAll(opened);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("open=%d opened=%d per_second=%.0f%n", CLIENTS.size(), missing, missing / seconds);
  }

  /** What each of many threads does. */
  private interface Work {
    void run(int index) throws Exception;
  }

  /** Whatever fails in one of them ends the process: no figure is made of errors. */
  private static void all(int threads, Work work) throws Exception {
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int index = i;
      started.add(Thread.ofVirtual().start(() -> {
        try {
          work.run(index);
        } catch (Exception failed) {
          failed.printStackTrace();
          System.exit(1);
        }
      }));
    }
    for (Thread thread : started) {
      thread.join();
    }
  }

  /** At a rate, times count from when a message was due, so that a stall is charged to whoever stalled. */
  private static void echo(int clients, int seconds, int rate) throws Exception {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long[][] times = new long[clients][];
    all(clients, index -> {
      Client client = CLIENTS.get(index);
      long[] own = new long[1 << 10];
      int count = 0;
      long pause = rate == 0 ? 0 : clients * 1_000_000_000L / rate;
      long due = rate == 0 ? start : start + pause * index / clients;
      for (; due < end; count++) {
        long early = due - System.nanoTime();
        if (early > 0) {
          LockSupport.parkNanos(early);
        }
        client.out.write(MESSAGE);
        String answer = new String(client.message(), StandardCharsets.UTF_8);
        if (!answer.equals(ANSWER)) {
          throw new IOException("not the answer: " + answer);
        }
        long then = System.nanoTime();
        own = count < own.length ? own : Arrays.copyOf(own, count * 2);
        own[count] = then - due;
        due = rate == 0 ? then : due + pause;
      }
      times[index] = Arrays.copyOf(own, count);
    });
    double took = (System.nanoTime() - start) / 1e9;
    long[] all = Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "echoes=%d per_second=%.0f p50_us=%d p99_us=%d%n",
        all.length, all.length / took, all[all.length / 2] / 1_000, all[(int) (all.length * 0.99)] / 1_000);
  }

  private static void close() throws IOException {
    for (Client client : CLIENTS) {
      client.socket.close();
    }
    System.out.printf("closed=%d%n", CLIENTS.size());
    CLIENTS.clear();
  }

  private static void broadcast(BufferedReader lines, int count) throws Exception {
    List<Client> told = CLIENTS.subList(0, count);
    AtomicInteger next = new AtomicInteger();
    all(OPENERS, index -> {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        told.get(i).askId();
      }
    });
    System.out.println("known=" + count);
    System.out.flush();
    if (!"go".equals(lines.readLine())) {
      System.exit(1);
    }
    CountDownLatch read = new CountDownLatch(count);
    for (Client client : told) {
      Thread.ofVirtual().start(() -> {
        try {
          client.message();
          read.countDown();
        } catch (IOException lost) {
          lost.printStackTrace();
        }
      });
    }
    long start = System.nanoTime();
    AtomicInteger refused = new AtomicInteger();
    Semaphore posters = new Semaphore(POSTERS);
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (Client client : told) {
        posters.acquire();
        http.sendAsync(post(client.id, "news"), HttpResponse.BodyHandlers.discarding())
            .whenComplete((response, failure) -> {
              if (response == null || response.statusCode() != 200) {
                refused.incrementAndGet();
              }
              posters.release();
            });
      }
      boolean all = read.await(60, TimeUnit.SECONDS);
      System.out.printf(
          "reached=%d refused=%d ms=%d%n",
          all ? count : count - (int) read.getCount(),
          refused.get(),
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  /** Signed by hand, with the key that is there in open mode. */
  private static HttpRequest post(String id, String text) throws Exception {
    String time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(Instant.now());
    String scope = time.substring(0, 8) + "/us-east-1/execute-api/aws4_request";
    String target = path + "/@connections/" + id.replace("=", "%3D");
    String host = "localhost:" + port;
    String canonical =
        "POST\n" + target.replace("%", "%25").replace("@", "%40") + "\n\nhost:" + host + "\nx-amz-date:" + time
            + "\n\nhost;x-amz-date\n" + hash(text);
    String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(canonical);
    byte[] key = "AWS4test".getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return HttpRequest.newBuilder(URI.create("http://" + host + target))
        .header("X-Amz-Date", time)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=test/" + scope + ", SignedHeaders=host;x-amz-date, Signature="
                + HexFormat.of().formatHex(hmac(key, toSign)))
        .POST(HttpRequest.BodyPublishers.ofString(text))
        .build();
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
