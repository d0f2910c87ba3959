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
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * WebSocket clients in a process of their own, told what to do line by line:
 *
 * <pre>
 *   open N                   until N connections are open
 *   echo CLIENTS SECONDS     that many send and wait for the answer, over and over
 *   broadcast N              N connections are told something through @connections
 *   quit
 * </pre>
 *
 * Run as {@code java Sockets.java PORT PATH}. Answers each line with one line of key=value.
 */
public final class Sockets {
  private static final byte[] MASKED_PING = {(byte) 0x81, (byte) 0x84, 0, 0, 0, 0, 'p', 'i', 'n', 'g'};
  private static final int POSTERS = 32;

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
      in = new DataInputStream(socket.getInputStream());
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

    byte[] message() throws IOException {
      in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      return in.readNBytes(length);
    }
  }

  public static void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[0]);
    path = arguments[1];
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "open" -> open(Integer.parseInt(words[1]));
        case "echo" -> echo(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        case "broadcast" -> broadcast(Integer.parseInt(words[1]));
        default -> System.exit(0);
      }
    }
  }

  private static void open(int count) throws IOException {
    long start = System.nanoTime();
    int before = CLIENTS.size();
    while (CLIENTS.size() < count) {
      CLIENTS.add(new Client());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("open=%d per_second=%.0f%n", CLIENTS.size(), (count - before) / seconds);
  }

  private static void echo(int clients, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<long[]> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Client client : CLIENTS.subList(0, clients)) {
      threads.add(Thread.ofVirtual().start(() -> {
        long[] own = new long[1 << 20];
        int count = 0;
        try {
          for (long now = System.nanoTime(); now < end && count < own.length; count++) {
            client.out.write(MASKED_PING);
            client.message();
            long then = System.nanoTime();
            own[count] = then - now;
            now = then;
          }
        } catch (IOException lost) {
          throw new IllegalStateException(lost);
        }
        synchronized (times) {
          times.add(Arrays.copyOf(own, count));
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    System.out.printf(
        "echoes=%d p50_us=%d p99_us=%d%n",
        all.length, all[all.length / 2] / 1_000, all[(int) (all.length * 0.99)] / 1_000);
  }

  private static void broadcast(int count) throws Exception {
    for (Client client : CLIENTS.subList(0, count)) {
      if (client.id.isEmpty()) {
        client.out.write(MASKED_PING);
        client.id = new String(client.message(), StandardCharsets.UTF_8).replaceAll(".*\"connectionId\":\"([^\"]+)\".*", "$1");
      }
    }
    CountDownLatch read = new CountDownLatch(count);
    for (Client client : CLIENTS.subList(0, count)) {
      Thread.ofVirtual().start(() -> {
        try {
          client.message();
          read.countDown();
        } catch (IOException lost) {
          throw new IllegalStateException(lost);
        }
      });
    }
    long start = System.nanoTime();
    AtomicInteger refused = new AtomicInteger();
    Semaphore posters = new Semaphore(POSTERS);
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (Client client : CLIENTS.subList(0, count)) {
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
