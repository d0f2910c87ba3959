package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpProxyTest {
  private static final String UNAVAILABLE = "{\"message\":\"Service Unavailable\"}";
  private static final String INTERNAL = "{\"message\":\"Internal Server Error\"}";

  @Test
  void theAnswerIsRelayedWithTheGatewaysHeaders() throws Exception {
    try (Backends backend = Backends.answering("hello");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url() + "/y"))) {
      String answer = gateway.exchange("GET /x?a=1&b=%20");
      assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
      assertThat(answer).containsPattern("Apigw-Requestid: [A-Za-z0-9_-]{15}=\r\n");
      assertThat(answer).containsPattern("date: \\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT\r\n");
      assertThat(backend.nextHead()).startsWith("GET /y?a=1&b=%20 HTTP/1.1\r\n");
    }
  }

  @Test
  void theBackendSeesForwardedAndViaAndItsOwnHost() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      gateway.exchange("GET /x", "TE: trailers", "X-Kept: v", "Keep-Alive: 5");
      String head = backend.nextHead();
      assertThat(head)
          .contains(
              "forwarded: by=127.0.0.1;for=127.0.0.1;host=" + RunningGateway.HOST + ";proto=https")
          .containsIgnoringCase("via: HTTP/1.1 AmazonAPIGateway")
          .containsIgnoringCase("\r\nhost: " + backend.url().substring("http://".length()))
          .contains("X-Kept: v")
          .doesNotContainIgnoringCase("x-forwarded-for")
          .doesNotContainIgnoringCase("\r\nte:")
          .doesNotContainIgnoringCase("\r\nkeep-alive:")
          .doesNotContainIgnoringCase("\r\nconnection:");
    }
  }

  @Test
  void pathVariablesAndTheDefaultRouteFillTheUri() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /pets/{id}", backend.url() + "/ext/{id}?fixed=1")
                    .http("ANY /parent/{proxy+}", backend.url() + "/store/{proxy}")
                    .http("$default", backend.url() + "/base"))) {
      gateway.exchange("GET /pets/a%20b?x=1");
      assertThat(backend.nextHead()).startsWith("GET /ext/a%20b?fixed=1&x=1 ");
      gateway.exchange("PUT /parent/a/b");
      assertThat(backend.nextHead()).startsWith("PUT /store/a/b ");
      gateway.exchange("GET /store/checkout?x=1");
      assertThat(backend.nextHead()).startsWith("GET /base/store/checkout?x=1 ");
    }
  }

  @Test
  void overwrittenPathReplacesTheUrisPath() throws Exception {
    Map<String, String> mapping = Map.of("overwrite:path", "$request.path");
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .stage("test")
                    .http("GET /r", backend.url() + "/old", "ANY", 30_000, mapping, Map.of()))) {
      gateway.exchange("GET /test/r?q=1");
      assertThat(backend.nextHead()).startsWith("GET /r?q=1 ");
    }
  }

  @Test
  void headersAndQueryAreMappedFromTheOriginalRequest() throws Exception {
    Map<String, String> mapping =
        Map.of(
            "append:header.h2", "$request.header.h1",
            "remove:header.h1", "",
            "append:header.id", "$context.requestId",
            "overwrite:querystring.q", "${stageVariables.env}-${request.path.p}");
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .variable("env", "prod")
                    .http("GET /{p}", backend.url(), "ANY", 30_000, mapping, Map.of()))) {
      String answer = gateway.exchange("GET /v?q=old&k=1", "h1: v");
      String head = backend.nextHead();
      assertThat(head).contains("h2: v").doesNotContain("h1: v").startsWith("GET /?k=1&q=prod-v ");
      String id = answer.replaceAll("(?s).*Apigw-Requestid: (\\S+).*", "$1");
      assertThat(head).contains("id: " + id);
    }
  }

  @Test
  void theStatusIsMappedByTheBackendsStatus() throws Exception {
    Map<String, Map<String, String>> mapping = Map.of("500", Map.of("overwrite:statuscode", "403"));
    try (Backends backend = Backends.answering("HTTP/1.1 500 No\r\nContent-Length: 3\r\n", "bad");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /x", backend.url(), "ANY", 30_000, Map.of(), mapping))) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 403 ").endsWith("bad");
    }
  }

  @Test
  void aClosedPortIs503() throws Exception {
    Backends closed = Backends.answering("never");
    String url = closed.url();
    closed.close();
    try (RunningGateway gateway = RunningGateway.serving(new Definitions().http("GET /x", url))) {
      assertThat(gateway.exchange("GET /x"))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .contains("content-length: 33\r\n")
          .contains("content-type: application/json\r\n")
          .endsWith(UNAVAILABLE);
    }
  }

  @Test
  void anUnknownNameIs503() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.serving(new Definitions().http("GET /x", "http://no-such-name.invalid/"))) {
      assertThat(gateway.exchange("GET /x")).endsWith(UNAVAILABLE);
    }
  }

  @Test
  void aBackendThatHangsIs503AtTheTimeout() throws Exception {
    try (Backends backend = new Backends(conversation -> conversation.in().readAllBytes());
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions().http("GET /x", backend.url(), "ANY", 200, Map.of(), Map.of()))) {
      long before = System.nanoTime();
      assertThat(gateway.exchange("GET /x")).endsWith(UNAVAILABLE);
      assertThat(System.nanoTime() - before).isGreaterThan(200_000_000L);
    }
  }

  @Test
  void garbageFromTheBackendIs500() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send("not http at all\r\n\r\n");
            });
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      assertThat(gateway.exchange("GET /x")).endsWith(INTERNAL);
    }
  }

  @Test
  void aBackendThatDiesInMidBodyCutsTheClientOff() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            });
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      assertThat(gateway.exchange("GET /x")).startsWith("HTTP/1.1 200").endsWith("half");
    }
  }

  @Test
  void chunkedAndUnframedBodiesReachTheClient() throws Exception {
    try (Backends chunked =
            Backends.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n",
                "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
        Backends unframed =
            new Backends(conversation -> {
              conversation.head();
              conversation.send("HTTP/1.0 200 OK\r\n\r\nuntil the end");
            });
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions().http("GET /c", chunked.url()).http("GET /u", unframed.url()))) {
      assertThat(gateway.exchange("GET /c")).endsWith("2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
      assertThat(gateway.exchange("GET /u"))
          .startsWith("HTTP/1.1 200")
          .contains("transfer-encoding: chunked")
          .endsWith("\r\nuntil the end\r\n0\r\n\r\n");
    }
  }

  @Test
  void aRestartedBackendShowsNoErrorToAnIdempotentRequest() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              conversation.head(); // takes the second request, and dies on it
            });
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()));
        Socket client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        client
            .getOutputStream()
            .write(("GET /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\n\r\n").getBytes());
        String answer = "";
        while (!answer.endsWith("ok")) {
          answer += (char) client.getInputStream().read();
        }
        assertThat(answer).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void dotSegmentsDoNotLeaveTheIntegrationsPath() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions().http("ANY /a/{proxy+}", backend.url() + "/safe/{proxy}"))) {
      for (String path :
          new String[] {"/a/../b", "/a/%2e%2e/b", "/a/x/..%2f..%2fb", "/a/.", "/a/..%5cb"}) {
        assertThat(gateway.exchange("GET " + path)).startsWith("HTTP/1.1 400 ");
      }
      assertThat(gateway.exchange("GET /a/..b/c...")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void headHasNoBody() throws Exception {
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
            });
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("ANY /x", backend.url()))) {
      assertThat(gateway.exchange("HEAD /x"))
          .startsWith("HTTP/1.1 200 OK")
          .containsIgnoringCase("content-length: 500")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void anIntegrationThatAsksForTheHeadOnlyAnswersWithoutABody() throws Exception {
    try (Backends backend = Backends.answering("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n", "");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /x", backend.url(), "HEAD", 30_000, Map.of(), Map.of()))) {
      assertThat(gateway.exchange("GET /x"))
          .startsWith("HTTP/1.1 200 OK")
          .containsIgnoringCase("content-length: 0")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void whatAnyConnectionLineNamesStaysOnItsConnection() throws Exception {
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x-one\r\nConnection: X-Two, x-three\r\n"
            + "x-one: 1\r\nx-two: 2\r\nx-three: 3\r\nx-kept: 4\r\n";
    try (Backends backend = Backends.answering(answer, "ok");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      String got =
          gateway.exchange(
              "GET /x",
              "Connection: x-one",
              "x-one: 1",
              "Connection: x-two",
              "x-two: 2",
              "x-in: 3");
      assertThat(backend.nextHead()).contains("x-in: 3").doesNotContain("x-one", "x-two");
      assertThat(got).contains("x-kept: 4").doesNotContain("x-one", "x-two", "x-three");
    }
  }

  @Test
  void pathVariablesStandInTheUrisQueryToo() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /s/{id}", backend.url() + "/s?q={id}&r={none}&fixed=1"))) {
      gateway.exchange("GET /s/a%26b=c?x=1");
      assertThat(backend.nextHead()).startsWith("GET /s?q=a%26b%3Dc&r=%7Bnone%7D&fixed=1&x=1 ");
    }
  }

  @Test
  void mappedParametersReplaceThoseOfTheUri() throws Exception {
    Map<String, String> mapping =
        Map.of("overwrite:querystring.a", "new", "remove:querystring.b", "");
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http(
                        "GET /x",
                        backend.url() + "/y?a=1&b=2&c=3",
                        "ANY",
                        30_000,
                        mapping,
                        Map.of()))) {
      gateway.exchange("GET /x?a=4&d=5");
      assertThat(backend.nextHead()).startsWith("GET /y?c=3&d=5&a=new ");
    }
  }

  @Test
  void aMethodThatSendsSaysThatItSendsNothing() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /fixed", backend.url(), "POST", 30_000, Map.of(), Map.of())
                    .http("ANY /x", backend.url()))) {
      gateway.exchange("GET /fixed");
      assertThat(backend.nextHead())
          .startsWith("POST / ")
          .containsIgnoringCase("\r\ncontent-length: 0");
      gateway.exchange("PUT /x");
      assertThat(backend.nextHead()).containsIgnoringCase("\r\ncontent-length: 0");
      gateway.exchange("GET /x");
      assertThat(backend.nextHead()).doesNotContainIgnoringCase("content-length");
    }
  }

  @Test
  void trailersArePassedOnInNeitherDirection() throws Exception {
    StringBuilder asked = new StringBuilder();
    String chunks = "2\r\nab\r\n0\r\n";
    try (Backends backend =
            new Backends(conversation -> {
              conversation.head();
              while (!asked.toString().endsWith("0\r\n\r\n")) {
                asked.append((char) conversation.in().read());
              }
              conversation.send(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + chunks
                      + "x-after: 1\r\n\r\n");
            });
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("POST /x", backend.url()))) {
      String head =
          "POST /x HTTP/1.1\r\nHost: " + RunningGateway.HOST + "\r\nConnection: close\r\n";
      String answer =
          gateway.raw(
              head + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "x-user: admin\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + chunks + "\r\n");
      assertThat(asked).hasToString(chunks + "\r\n");
    }
  }

  @Test
  void anAnswerWithoutABodyKeepsItsEndWhenItsStatusIsMapped() throws Exception {
    Map<String, Map<String, String>> mapping =
        Map.of(
            "204", Map.of("overwrite:statuscode", "200"),
            "304", Map.of("overwrite:statuscode", "404"));
    try (Backends none = Backends.answering("HTTP/1.1 204 No Content\r\n", "");
        Backends same =
            Backends.answering("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n", "");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /none", none.url(), "ANY", 30_000, Map.of(), mapping)
                    .http("GET /same", same.url(), "ANY", 30_000, Map.of(), mapping))) {
      assertThat(gateway.exchange("GET /none"))
          .startsWith("HTTP/1.1 200 OK")
          .containsIgnoringCase("content-length: 0\r\n");
      assertThat(gateway.exchange("GET /same"))
          .startsWith("HTTP/1.1 404 Not Found")
          .containsIgnoringCase("content-length: 0\r\n")
          .doesNotContain(": 9");
    }
  }

  @Test
  void aStatusThatIsNoneIs500() throws Exception {
    for (String status : new String[] {"99", "1000", "0"}) {
      try (Backends backend =
              Backends.answering("HTTP/1.1 " + status + " Odd\r\nContent-Length: 2\r\n", "ok");
          RunningGateway gateway =
              RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
        assertThat(gateway.exchange("GET /x")).as(status).endsWith(INTERNAL);
      }
    }
  }

  @Test
  void aTraceNamesThisGatewayInPlaceOfTheOneBefore() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(new Definitions().http("GET /x", backend.url()))) {
      gateway.exchange("GET /x", "X-Amzn-Trace-Id: Self=1-a-b;Root=1-c-d;Sampled=1");
      assertThat(backend.nextHead())
          .containsPattern(
              "(?i)x-amzn-trace-id: Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-c-d;Sampled=1");
    }
  }

  @Test
  void anAnswerHasNoOtherTransferCodingThanChunks() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: ";
    try (Backends identity = Backends.answering(head + "identity\r\n", "ok");
        Backends unknown = Backends.answering(head + "gzip\r\n", "ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions()
                    .http("GET /identity", identity.url())
                    .http("GET /unknown", unknown.url()))) {
      assertThat(gateway.exchange("GET /identity"))
          .startsWith("HTTP/1.1 200 OK")
          .doesNotContainIgnoringCase("transfer-encoding")
          .endsWith("\r\n\r\nok");
      assertThat(gateway.exchange("GET /unknown")).endsWith(INTERNAL);
    }
  }

  @Test
  void whatIsBeyondAsciiInAUriIsEscaped() throws Exception {
    try (Backends backend = Backends.answering("ok");
        RunningGateway gateway =
            RunningGateway.serving(
                new Definitions().http("GET /x", backend.url() + "/ü/☕?é=1&b=%20"))) {
      gateway.exchange("GET /x");
      assertThat(backend.nextHead()).startsWith("GET /%C3%BC/%E2%98%95?%C3%A9=1&b=%20 ");
    }
  }
}
