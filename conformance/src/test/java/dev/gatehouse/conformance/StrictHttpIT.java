package dev.gatehouse.conformance;

import static dev.gatehouse.conformance.rig.SharedGatehouse.withGatehouse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.ProbeFunction;
import dev.gatehouse.conformance.rig.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that two parties could read in two ways are read by nobody. */
class StrictHttpIT {
  private static final String SMUGGLED = "GET /x HTTP/1.1\r\nHost: HOST\r\n\r\n";

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void anAmbiguousRequestIsRefusedAndTheConnectionClosed(String what, String request)
      throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        String all = allReplies(http.port(), request.replace("HOST", api.host()));
        assertThat(all).startsWith("HTTP/1.1 400 ");
        assertThat(all.split("HTTP/1\\.1 ", -1)).as(all).hasSize(2);
        assertThat(backend.idle()).isTrue();
      }
    });
  }

  static Stream<Arguments> ambiguous() {
    String post = "POST /x HTTP/1.1\r\nHost: HOST\r\n";
    return Stream.of(
        Arguments.of(
            "length and chunks",
            post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "two lengths", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde" + SMUGGLED),
        Arguments.of("a length with a sign", post + "Content-Length: +4\r\n\r\nabcd" + SMUGGLED),
        Arguments.of(
            "an encoding nobody knows", post + "Transfer-Encoding: xchunked\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "an encoding below the chunks",
            post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "a broken chunk", post + "Transfer-Encoding: chunked\r\n\r\n-1\r\na" + SMUGGLED),
        Arguments.of("two spaces", "GET  /x HTTP/1.1\r\nHost: HOST\r\n\r\n" + SMUGGLED),
        Arguments.of("another version", "GET /x HTTP/0.9\r\nHost: HOST\r\n\r\n" + SMUGGLED),
        Arguments.of("a fragment", "GET /x?a#b HTTP/1.1\r\nHost: HOST\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "more than a host", "GET /x HTTP/1.1\r\nHost: HOST;for=9.9.9.9\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "a space before the colon", post + "Content-Length : 4\r\n\r\nabcd" + SMUGGLED),
        Arguments.of("no host", "GET /x HTTP/1.1\r\n\r\n" + SMUGGLED),
        Arguments.of(
            "two hosts", "GET /x HTTP/1.1\r\nHost: HOST\r\nHost: other\r\n\r\n" + SMUGGLED));
  }

  @Test
  void aBrokenChunkEndsTheConnection() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        String request =
            "POST /x HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "-1\r\nabc\r\n0\r\n\r\n"
                + SMUGGLED;
        String all = allReplies(http.port(), request.replace("HOST", api.host()));
        assertThat(all).doesNotContain("200 OK");
        assertThat(backend.idle()).isTrue();
      }
    });
  }

  @Test
  void aFoldedHeaderIsRefusedOrOneLine() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        Reply reply = api.get("/x", "X-A: a\r\n Content-Length: 5");
        if (reply.status() == 200) {
          Backend.Request asked = backend.taken();
          assertThat(asked.headers().get("x-a")).containsExactly("a Content-Length: 5");
          assertThat(asked.headers()).doesNotContainKey("content-length");
        } else {
          assertThat(reply.status()).isEqualTo(400);
        }
      }
    });
  }

  @Test
  void aBrokenEscapeIsABadRequest() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        for (String path : new String[] {"/%zz", "/%", "/a%2"}) {
          Reply reply = api.get(path);
          assertThat(reply.status()).as(path).isEqualTo(400);
          assertThat(reply.text()).isEqualTo("{\"message\":\"Bad Request\"}");
        }
        assertThat(backend.idle()).isTrue();
      }
    });
  }

  /** Everything that comes until the server closes. */
  private static String allReplies(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void oversizedHeadersAreRefused() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        assertThat(api.get("/x", "X-Fits: " + "a".repeat(9_000)).status()).isEqualTo(200);
        backend.taken();
        Reply reply = api.get("/x", "X-Large: " + "a".repeat(11_000));
        assertThat(reply.status()).isEqualTo(431);
        assertThat(reply.text()).isEqualTo("{\"message\":\"Request Header Fields Too Large\"}");
        assertThat(backend.idle()).isTrue();
      }
    });
  }

  @Test
  void requestLineAndHeadersCountTogether() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        assertThat(api.get("/" + "a".repeat(5_000), "X-B: " + "b".repeat(5_000)).status())
            .isEqualTo(200);
        backend.taken();
        for (Reply reply :
            List.of(
                api.get("/" + "a".repeat(5_000), "X-B: " + "b".repeat(5_300)),
                api.get("/" + "a".repeat(10_300)))) {
          assertThat(reply.status()).isEqualTo(431);
          assertThat(reply.text()).isEqualTo("{\"message\":\"Request Header Fields Too Large\"}");
          assertThat(reply.header("apigw-requestid")).isPresent();
        }
        assertThat(backend.idle()).isTrue();
      }
    });
  }

  @Test
  void bytesBeyondAsciiAreUtf8() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        String mapping = "{\"append:header.place\":\"$request.path.place\"}";
        api.routes(api.url(backend.url() + "/to/{place}", 5_000, mapping), "GET /of/{place}");
        api.serve();
        Reply reply = api.get("/of/Zoë?q=ü", "X-Name: Zoë");
        assertThat(reply.status()).isEqualTo(200);
        Backend.Request asked = backend.taken();
        assertThat(asked.target()).isEqualTo("/to/Zo%C3%AB?q=%C3%BC");
        assertThat(asked.headers().get("x-name").getFirst().getBytes(StandardCharsets.ISO_8859_1))
            .isEqualTo("Zoë".getBytes(StandardCharsets.UTF_8));
        assertThat(asked.headers().get("place").getFirst().getBytes(StandardCharsets.ISO_8859_1))
            .isEqualTo("Zoë".getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  @Test
  void aChunkedBodyOverTheLimitIsTooLarge() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "POST /url");
        api.routes(api.function(ProbeFunction.arn(gw)), "POST /function");
        api.serve();
        String chunk = "100000\r\n" + "a".repeat(0x100000) + "\r\n";
        for (String path : List.of("/url", "/function")) {
          String head = "POST " + path + " HTTP/1.1\r\nHost: " + api.host();
          String request = head + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(11);
          assertThat(allReplies(http.port(), request + "0\r\n\r\n"))
              .as(path)
              .startsWith("HTTP/1.1 413 ")
              .endsWith("{\"message\":\"Request Entity Too Large\"}");
        }
      }
    });
  }

  @Test
  void dotSegmentsDoNotLeaveTheIntegrationsPrefix() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend = Backend.start();
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url() + "/public/{proxy}"), "ANY /files/{proxy+}");
        api.serve();
        for (String path :
            new String[] {
              "/files/../secret", "/files/%2e%2e/secret", "/files/a/..%2f..%2fsecret"
            }) {
          Reply reply = api.get(path);
          if (reply.status() == 200) {
            assertThat(backend.taken().target()).as(path).startsWith("/public/");
          }
          assertThat(reply.status()).as(path).isIn(200, 400, 403, 404);
        }
        assertThat(backend.idle()).isTrue();
      }
    });
  }

  @Test
  void connectionsAreKeptAndPipelinedRequestsAnsweredInOrder() throws Exception {
    withGatehouse((gw, http) -> {
      try (Backend backend =
              Backend.start(
                  exchange -> Backend.text(exchange, 200, exchange.getRequestURI().getPath()));
          HttpApi api = HttpApi.create(gw)) {
        api.routes(api.url(backend.url()), "$default");
        api.serve();
        String one = "GET /one HTTP/1.1\r\nHost: HOST\r\n\r\n";
        String two = "GET /two HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n";
        String all = allReplies(http.port(), (one + two).replace("HOST", api.host()));
        assertThat(all).containsSubsequence("200 OK", "/one", "200 OK", "/two");
      }
    });
  }
}
