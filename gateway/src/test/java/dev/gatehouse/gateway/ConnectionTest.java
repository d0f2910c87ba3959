package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpReply;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static final String NOT_FOUND = "{\"message\":\"Not Found\"}";

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("POST /x", backend.url()))) {
      String one =
          "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\nContent-Length: 2\r\n\r\nhi";
      String none = "GET /none HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n\r\n";
      String last = none.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
      String answer = gateway.raw((one + none).repeat(40) + last);
      assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(41);
      assertThat(answer.split("HTTP/1.1 404 Not Found", -1)).hasSize(42);
      assertThat(answer).endsWith(NOT_FOUND);
    }
  }

  @Test
  void unknownApisStagesAndRoutesAre404() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().stage("dev").http("GET /x", backend.url()))) {
      assertThat(gateway.exchange("GET /dev/x")).startsWith("HTTP/1.1 200");
      assertThat(gateway.exchange("GET /dev/y")).endsWith(NOT_FOUND);
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 404").endsWith(NOT_FOUND);
      assertThat(
              gateway.raw(
                  "GET / HTTP/1.1\r\nHost: nosuchapi0.execute-api.us-east-1.amazonaws.com\r\n"
                      + "Connection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 404")
          .endsWith(NOT_FOUND);
    }
  }

  @Test
  void thePathFormsReachTheSameApi() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().stage("dev").http("GET /x", backend.url()))) {
      String end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      String api = Definitions.API_ID;
      assertThat(gateway.raw("GET /_gatehouse/apis/" + api + "/dev/x" + end)).contains("200 OK");
      assertThat(gateway.raw("GET /_aws/execute-api/" + api + "/dev/x" + end)).contains("200 OK");
      assertThat(gateway.raw("GET /_aws/execute-api/" + api + "/d%65v/x" + end)).contains("200 OK");
      assertThat(gateway.raw("GET /_gatehouse/apis/" + api + "/x" + end)).contains("404 Not Found");
      assertThat(gateway.raw("GET /_gatehouse/apis/none" + end)).contains("404 Not Found");
    }
  }

  @Test
  void ambiguousFramingIsRefused() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(new Definitions().http("POST /x", "http://127.0.0.1:1"))) {
      String head = "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n";
      String[] ambiguous = {
        "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\na",
        "Content-Length: -1\r\n\r\n",
        "Transfer-Encoding: gzip, chunked, identity\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Bad Name: x\r\n\r\n",
        "Host: other\r\n\r\n"
      };
      for (String rest : ambiguous) {
        assertThat(gateway.raw(head + rest)).as(rest).startsWith("HTTP/1.1 400 Bad Request");
      }
    }
  }

  @Test
  void headersBeyondTheLimitAre431() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      assertThat(gateway.exchange("GET /x", "X-Big: " + "a".repeat(9_000))).contains("200 OK");
      assertThat(gateway.exchange("GET /x", "X-Big: " + "a".repeat(11_000)))
          .startsWith("HTTP/1.1 431 ");
      assertThat(gateway.exchange("GET /" + "a".repeat(11_000))).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void aBodyOverTenMegabytesIsRefusedBeforeTheBackendSeesIt() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("POST /x", backend.url()));
        Socket client = gateway.connect()) {
      String head = "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n";
      client.getOutputStream().write((head + "Content-Length: 10485761\r\n\r\nabc").getBytes());
      assertThat(RunningGateway.readAll(client.getInputStream()))
          .startsWith("HTTP/1.1 413 Request Entity Too Large")
          .contains("connection: close")
          .endsWith("{\"message\":\"Request Entity Too Large\"}");
    }
  }

  @Test
  void largeBodiesStreamBothWaysThroughServices() throws Exception {
    byte[] body = new byte[5_000_000];
    Arrays.fill(body, (byte) 'z');
    try (RunningGateway gateway =
            RunningGateway.start(
                new Definitions(),
                invocation -> new CompletableFuture<>(),
                call -> {
                  byte[] read = call.body().readAllBytes();
                  return new HttpReply(
                      200,
                      Headers.of("X-Path", call.target()),
                      new HttpReply.Stream(new ByteArrayInputStream(read), -1));
                });
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String url =
          "http://localhost:" + gateway.gateway().address().getPort() + "/some/thing?x=%20";
      for (int i = 0; i < 3; i++) {
        HttpResponse<byte[]> response =
            client.send(
                HttpRequest.newBuilder(URI.create(url))
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("x-path")).contains("/some/thing?x=%20");
        assertThat(response.body()).isEqualTo(body);
      }
    }
  }

  @Test
  void expectationsAreAnsweredBeforeTheBody() throws Exception {
    try (Backends backend = Backends.answering("done");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("POST /x", backend.url()));
        Socket client = gateway.connect()) {
      String head =
          "POST /x HTTP/1.1\r\nHost: "
              + RunningGateway.HOST
              + "\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n";
      client.getOutputStream().write(head.getBytes());
      byte[] interim = client.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
      assertThat(new String(interim)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.getOutputStream().write("hi".getBytes());
      assertThat(RunningGateway.readAll(client.getInputStream())).endsWith("done");
      assertThat(backend.nextHead()).doesNotContainIgnoringCase("expect:");
    }
  }

  @Test
  void aHeadOfAStreamHasItsLengthAndNoBody() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            new Definitions(),
            invocation -> new CompletableFuture<>(),
            call ->
                new HttpReply(
                    200,
                    Headers.of(),
                    new HttpReply.Stream(new ByteArrayInputStream(new byte[0]), 7)))) {
      String head = "HEAD /o HTTP/1.1\r\nHost: localhost\r\n";
      String answer = gateway.raw(head + "\r\n" + head + "Connection: close\r\n\r\n");
      assertThat(answer.split("content-length: 7\r\n", -1)).hasSize(3);
      assertThat(answer).endsWith("\r\n\r\n");
    }
  }

  @Test
  void aRequestLineIsThreeWordsWithASpaceBetweenEach() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("$default", backend.url()))) {
      String rest = "\r\nHost: " + RunningGateway.HOST + "\r\nConnection: close\r\n\r\n";
      for (String line :
          new String[] {
            "GET  /x HTTP/1.1",
            "GET /x  HTTP/1.1",
            "GET\t/x HTTP/1.1",
            "GET /x\u000bHTTP/1.1",
            "GET /x HTTP/1.1 ",
            "GET /x HTTP/1.2",
            "GET /x HTTP/2.0",
            "GET /x HTTP/0.9",
            "GET /x http/1.1",
            "GET /x",
            "GET /x#y HTTP/1.1",
            "GET /x?y#z HTTP/1.1",
            "GET /x\u0001 HTTP/1.1",
            "GET /x?\u007f HTTP/1.1",
            "GET http://" + RunningGateway.HOST + "/x HTTP/1.1"
          }) {
        assertThat(gateway.raw(line + rest)).as(line).startsWith("HTTP/1.1 400 Bad Request");
      }
      assertThat(backend.isIdle()).isTrue();
      assertThat(gateway.raw("GET /x HTTP/1.0" + rest)).startsWith("HTTP/1.1 200 OK");
      assertThat(gateway.raw("\r\nGET /x HTTP/1.1" + rest)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aHostIsAHostAndNoMore() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      String[] around = {"GET /x HTTP/1.1\r\nHost: ", "\r\nConnection: close\r\n\r\n"};
      for (String end :
          new String[] {";for=9.9.9.9", ", other", "/y", "#", "?", "\\", " x", "\"", "@x"}) {
        String host = RunningGateway.HOST + end;
        assertThat(gateway.raw(around[0] + host + around[1]))
            .as(host)
            .startsWith("HTTP/1.1 400 Bad Request");
      }
      assertThat(backend.isIdle()).isTrue();
      assertThat(gateway.raw(around[0] + RunningGateway.HOST + ":4566" + around[1]))
          .startsWith("HTTP/1.1 200 OK");
      assertThat(backend.nextHead()).contains("host=" + RunningGateway.HOST + ":4566;");
    }
  }

  @Test
  void brokenChunksAreABadRequest() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("POST /x", backend.url())
                    .function(
                        "POST /f",
                        "arn:aws:lambda:us-east-1:123456789012:function:f",
                        "2.0",
                        1_000))) {
      for (String path : new String[] {"/x", "/f"}) {
        for (String chunks : new String[] {"-1\r\na", "1\r\nabc\r\n", "g\r\n", "\r\n"}) {
          String head = "POST " + path + " HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n";
          assertThat(gateway.raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunks))
              .as(path + " " + chunks)
              .startsWith("HTTP/1.1 400 Bad Request")
              .containsIgnoringCase("connection: close")
              .endsWith("{\"message\":\"Bad Request\"}");
        }
      }
    }
  }

  @Test
  void onlyClientsThatKnowNoHostsMayNameNone() throws Exception {
    try (Backends backend = Backends.answering("b");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      String path = "GET /_gatehouse/apis/" + Definitions.API_ID + "/x ";
      assertThat(gateway.raw(path + "HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
      assertThat(gateway.raw(path + "HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
    }
  }
}
