package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.ScriptedBackend;
import dev.gatehouse.conformance.rig.ScriptedBackend.Script;
import dev.gatehouse.conformance.rig.Sockets;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong at each phase of a request to a backend, whichever way leads there: the client
 * sees an answer or a cut, never a hang or somebody else's bytes; afterwards the same backend
 * serves, and no connection is left.
 */
class FaultsIT {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/net/a/b/";
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final int TIMEOUT = 700;

  @TempDir static Path directory;
  private static ScriptedBackend backend;
  private static RunningGatehouse gatehouse;
  private static HttpApi api;
  private static int atRest;

  @BeforeAll
  static void start() throws Exception {
    backend = new ScriptedBackend();
    String dead = Backend.dead();
    gatehouse =
        RunningGatehouse.start(
            directory.resolve("data"),
            """
            targets:
              %1$sb: {upstreams: [{url: '%2$s'}]}
              %1$sdead: {upstreams: [{url: '%3$s'}]}
            """
                .formatted(ARN, backend.url(), dead));
    String link =
        gatehouse
            .control()
            .create("/v2/vpclinks", "{\"name\":\"l\",\"subnetIds\":[\"subnet-1\"]}")
            .path("vpcLinkId")
            .asString();
    api = HttpApi.create(gatehouse);
    api.routes(api.url(backend.url(), TIMEOUT, "{}"), "ANY /url");
    api.routes(api.url(dead, TIMEOUT, "{}"), "ANY /dead/url");
    api.routes(link(link, ARN + "b"), "ANY /link");
    api.routes(link(link, ARN + "dead"), "ANY /dead/link");
    api.serve();
    assertServes("/url");
    assertServes("/link");
    backend.script(ScriptedBackend.WELL);
    atRest = Sockets.of(gatehouse.process().pid());
  }

  private static String link(String link, String arn) throws Exception {
    return api.integration(
        """
        {"integrationType":"HTTP_PROXY","integrationMethod":"ANY","integrationUri":"%s",
         "connectionType":"VPC_LINK","connectionId":"%s","payloadFormatVersion":"1.0",
         "timeoutInMillis":%d}\
        """
            .formatted(arn, link, TIMEOUT));
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
    gatehouse.close();
    backend.close();
  }

  /** Whatever happened: what is asked next is served, and what was open is closed. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    backend.script(ScriptedBackend.WELL);
    assertServes("/url");
    assertServes("/link");
    backend.script(ScriptedBackend.WELL);
    Eventually.eventually(
        "no more sockets than at rest, which are " + atRest,
        Duration.ofSeconds(20),
        () ->
            Sockets.of(gatehouse.process().pid()) <= atRest && backend.connections() == 0
                ? Optional.of(true)
                : Optional.empty());
    assertThat(gatehouse.log()).doesNotContain("LEAK:", "Exception");
  }

  private static void assertServes(String path) throws Exception {
    Reply reply = api.send("POST", path, "after");
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("ok");
  }

  private static void assertUnavailable(String method, String path) throws Exception {
    assertFault(api.send(method, path, ""), 503, "{\"message\":\"Service Unavailable\"}");
  }

  private static void assertInternal(String path) throws Exception {
    assertFault(api.get(path), 500, "{\"message\":\"Internal Server Error\"}");
  }

  private static void assertFault(Reply reply, int status, String body) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(reply.text()).isEqualTo(body);
    assertThat(reply.header("apigw-requestid").orElse("")).matches("[A-Za-z0-9_-]{15}=");
  }

  /** All that comes until the end of the connection, which must come. */
  private static String raw(String path) throws IOException {
    try (Socket socket = open("GET", path, "")) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Socket open(String method, String path, String more) throws IOException {
    Socket socket = new Socket("127.0.0.1", gatehouse.port());
    socket.setSoTimeout(20_000);
    String head = method + " " + path + " HTTP/1.1\r\nHost: " + api.host() + "\r\n" + more + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static Script answering(String answer) {
    return conversation -> {
      conversation.request();
      conversation.send(answer);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dead/url", "/dead/link"})
  void aBackendThatRefusesIsUnavailable(String path) throws Exception {
    assertUnavailable("GET", path);
    assertUnavailable("POST", path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aBackendThatNeverAnswersIsUnavailableAtTheTimeout(String path) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    backend.script(conversation -> {
      conversation.in().readAllBytes();
      closed.countDown();
    });
    assertUnavailable("GET", path);
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aBackendThatResetsHangsUpOrHalfClosesIsUnavailable(String path) throws Exception {
    backend.script(conversation -> {
      conversation.request();
      conversation.reset();
    });
    assertUnavailable("GET", path);
    backend.script(conversation -> conversation.request());
    assertUnavailable("POST", path);
    backend.script(conversation -> {
      conversation.request();
      conversation.socket().shutdownOutput();
      conversation.in().readAllBytes();
    });
    assertUnavailable("GET", path);
    backend.script(answering("HTTP/1.1 200 OK\r\nContent-Le"));
    assertUnavailable("GET", path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void garbageIsAnInternalError(String path) throws Exception {
    String[] answers = {
      "220 smtp.example ESMTP\r\n\r\n",
      "HTTP/1.1 abc\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      "HTTP/1.1 200 OK\r\nX-Long: " + "a".repeat(70_000) + "\r\n\r\n",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
      "\u0000\u0001\u0002\u0003\r\n\r\n"
    };
    for (String answer : answers) {
      backend.script(answering(answer));
      assertInternal(path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void anAnswerThatBreaksOffIsCutForTheClientToo(String path) throws Exception {
    String[] answers = {
      OK + "Content-Length: 100\r\n\r\nhalf",
      OK + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
      OK + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nno number\r\n"
    };
    for (String answer : answers) {
      backend.script(answering(answer));
      assertThat(raw(path))
          .startsWith("HTTP/1.1 200 OK")
          .contains("half")
          .doesNotContain("0\r\n\r\n");
      backend.script(conversation -> {
        conversation.request();
        conversation.send(answer);
        conversation.reset();
      });
      assertThat(raw(path)).doesNotEndWith("0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void anAnswerThatStopsIsCutAtTheTimeout(String path) throws Exception {
    backend.script(conversation -> {
      conversation.request();
      conversation.send(OK + "Content-Length: 100\r\n\r\nhalf");
      conversation.in().readAllBytes();
    });
    assertThat(raw(path)).startsWith("HTTP/1.1 200 OK").endsWith("half");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void whatIsSentBeyondTheAnswerReachesNobody(String path) throws Exception {
    String smuggled = OK + "Content-Length: 8\r\n\r\nsmuggled";
    backend.script(conversation -> {
      while (!conversation.request().isEmpty()) {
        conversation.send(OK + "Content-Length: 2\r\n\r\nok" + smuggled);
      }
    });
    for (int i = 0; i < 5; i++) {
      assertThat(api.get(path).text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aBodyWhereNoneMayBeReachesNobody(String path) throws Exception {
    backend.script(conversation -> {
      while (!conversation.request().isEmpty()) {
        conversation.send("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody");
      }
    });
    for (int i = 0; i < 3; i++) {
      Reply reply = api.get(path);
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void anAnswerBeforeTheRequestsEndIsTheAnswer(String path) throws Exception {
    backend.script(conversation -> {
      conversation.head();
      conversation.send("HTTP/1.1 413 No\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlarge");
    });
    try (Socket socket = open("POST", path, "Content-Length: 1000000\r\n")) {
      socket.getOutputStream().write(new byte[10_000]);
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 413 ").endsWith("large");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aClientThatLeavesWhileSendingIsLeftByTheBackendToo(String path) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    backend.script(conversation -> {
      conversation.head();
      begun.countDown();
      conversation.in().readAllBytes();
      closed.countDown();
    });
    Socket socket = open("POST", path, "Content-Length: 1000000\r\n");
    socket.getOutputStream().write(new byte[100_000]);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    socket.close();
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aClientThatLeavesWhileWaitingIsLeftByTheBackendToo(String path) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    backend.script(conversation -> {
      conversation.request();
      asked.countDown();
      conversation.in().readAllBytes();
      closed.countDown();
    });
    Socket socket = open("GET", path, "");
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    socket.close();
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aClientThatLeavesWhileReceivingStopsTheBackend(String path) throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    backend.script(conversation -> {
      conversation.request();
      conversation.send(OK + "Content-Length: 10000000\r\n\r\n");
      try {
        for (int i = 0; i < 10_000; i++) {
          conversation.out().write(new byte[1_000]);
        }
        conversation.in().readAllBytes();
      } catch (IOException broken) {
        // as it should be
      }
      stopped.countDown();
    });
    Socket socket = open("GET", path, "");
    socket.getInputStream().readNBytes(1_000);
    socket.close();
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/url", "/link"})
  void aClientThatDoesNotReadSlowsTheBackendDownAndMissesNothing(String path) throws Exception {
    int length = 9_000_000;
    backend.script(conversation -> {
      conversation.request();
      conversation.send(OK + "Content-Length: " + length + "\r\n\r\n");
      byte[] piece = new byte[90_000];
      for (int i = 0; i < 100; i++) {
        conversation.out().write(piece);
      }
      conversation.out().flush();
    });
    try (Socket socket = open("GET", path, "Connection: close\r\n")) {
      byte[] first = socket.getInputStream().readNBytes(100);
      byte[] rest = socket.getInputStream().readAllBytes();
      assertThat(first.length + rest.length).isGreaterThan(length);
    }
  }
}
