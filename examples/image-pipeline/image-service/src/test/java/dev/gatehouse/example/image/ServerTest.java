package dev.gatehouse.example.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service over a real socket, with a bucket in memory; the one on S3 is in conformance. */
class ServerTest {

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    Bucket bucket =
        new Bucket() {
          @Override
          public byte[] read(String key, int atMost) {
            if (!objects.containsKey(key)) {
              throw new Refusal(404, "no object " + key);
            }
            return objects.get(key);
          }

          @Override
          public void store(String key, byte[] png) {
            objects.put(key, png);
          }
        };
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = Server.start(free, new Invocations(bucket));
  }

  @AfterEach
  void stop() {
    server.close();
    http.close();
  }

  @Test
  void pingAnswers() throws Exception {
    HttpResponse<String> answer = send("GET", "/ping", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(send("HEAD", "/ping", "").statusCode()).isEqualTo(200);
  }

  @Test
  void invocationStoresTheResultAndAnswersItsDimensions() throws Exception {
    objects.put("in.png", png(20, 10));
    HttpResponse<String> answer =
        send("POST", "/invocations", "{\"image\":\"in.png\",\"result\":\"out.png\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"image\":\"in.png\",\"result\":\"out.png\",\"width\":10,\"height\":5,");
    assertThat(objects.get("out.png")).isEqualTo(Transformation.apply(png(20, 10)).png());
  }

  @Test
  void resultHasAPlaceOfItsOwnUnlessItIsNamed() throws Exception {
    objects.put("a/in.png", png(4, 4));
    assertThat(send("POST", "/invocations", "{\"image\":\"a/in.png\"}").statusCode())
        .isEqualTo(200);
    assertThat(objects).containsKey("grey/a/in.png");
  }

  @Test
  void errorsSayWhatIsWrong() throws Exception {
    objects.put("text", "hello".getBytes());
    assertError(send("POST", "/invocations", "{\"image\":\"none\"}"), 404, "no object none");
    assertError(send("POST", "/invocations", "{\"image\":\"text\"}"), 422, "not an image");
    assertError(send("POST", "/invocations", "{}"), 400, "image");
    assertError(send("POST", "/invocations", "null"), 400, "JSON object");
    assertError(send("POST", "/invocations", "{"), 400, "JSON object");
    assertError(send("POST", "/invocations", " ".repeat(17_000)), 413, "longer");
    assertError(send("GET", "/invocations", ""), 405, "POST");
    assertError(send("GET", "/ping/more", ""), 404, "/ping");
  }

  private static void assertError(HttpResponse<String> answer, int status, String part) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"message\":\"").contains(part);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0x336699);
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
