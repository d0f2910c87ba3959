package dev.gatehouse.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlClientTest {
  private static final String LATER =
      "{\"message\":\"Unable to complete operation due to concurrent modification. Please try again"
          + " later.\"}";

  /**
   * One answer of a control API.
   *
   * @param body JSON
   */
  private record Answer(int status, String body) {}

  /** What a test does with a client. */
  private interface Use {
    void with(ControlClient client) throws InterruptedException;
  }

  /** Answers in turn; whoever asks once too often is told so. */
  private static void answering(Use use, Answer... answers) throws Exception {
    Deque<Answer> left = new ArrayDeque<>(Arrays.asList(answers));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Answer answer = left.isEmpty() ? new Answer(500, "{}") : left.pop();
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    AwsSettings settings = new AwsSettings("test", "test", null, "us-east-1");
    try (ControlClient client =
        new ControlClient(
            new Place.One(endpoint), settings, InstantSource.system(), new Random(7))) {
      use.with(client);
    } finally {
      server.stop(0);
    }
    assertThat(left).isEmpty();
  }

  @Test
  void whatIsThrottledOrChangedByAnotherIsTriedAgain() throws Exception {
    answering(
        client -> assertThat(client.get("/v2/apis").path("a").asInt()).isEqualTo(1),
        new Answer(429, "{\"message\":\"Too Many Requests\"}"),
        new Answer(409, LATER),
        new Answer(200, "{\"a\":1}"));
  }

  @Test
  void otherConflictsAreToldAtOnce() throws Exception {
    answering(
        client ->
            assertThatThrownBy(() -> client.get("/v2/apis"))
                .isInstanceOf(CallFailed.class)
                .hasMessage("Api already exists"),
        new Answer(409, "{\"message\":\"Api already exists\"}"));
  }

  @Test
  void whatStaysThrottledIsToldAfterSixAttempts() throws Exception {
    Answer throttled = new Answer(429, "{\"message\":\"Too Many Requests\"}");
    answering(
        client ->
            assertThatThrownBy(() -> client.get("/v2/apis"))
                .isInstanceOfSatisfying(
                    CallFailed.class, failed -> assertThat(failed.status()).isEqualTo(429)),
        throttled,
        throttled,
        throttled,
        throttled,
        throttled,
        throttled);
  }

  @Test
  void eachServiceOfAwsHasItsHostInTheRegion() throws IOException {
    Place aws = new Place.Aws("eu-west-1");
    assertThat(aws.of("apigateway")).hasToString("https://apigateway.eu-west-1.amazonaws.com");
    assertThat(aws.of("logs")).hasToString("https://logs.eu-west-1.amazonaws.com");
    assertThat(new Place.Aws("cn-north-1").of("logs"))
        .hasToString("https://logs.cn-north-1.amazonaws.com.cn");
  }
}
