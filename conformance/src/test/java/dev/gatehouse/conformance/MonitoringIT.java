package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.conformance.rig.Backend;
import dev.gatehouse.conformance.rig.Control;
import dev.gatehouse.conformance.rig.Eventually;
import dev.gatehouse.conformance.rig.HttpApi;
import dev.gatehouse.conformance.rig.Reply;
import dev.gatehouse.conformance.rig.RunningGatehouse;
import dev.gatehouse.conformance.rig.SocketApi;
import dev.gatehouse.testkit.RawWebSocket;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that sends what it sees to an OTLP receiver, and limits whole accounts. */
class MonitoringIT {
  private static final String CONFIGURATION =
      """
      otlp: {endpoint: "http://127.0.0.1:%d", headers: {X-Token: secret-of-the-receiver}}
      tracing: {percent: 100}
      metrics: {push: 300ms}
      logs: {access: otlp}
      account-throttle: {rate: 1, burst: 20}
      extensions: {api-keys: on}
      """;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir static Path directory;

  /** What came, by path; text in protobuf is text. */
  private static final Map<String, String> RECEIVED = new ConcurrentHashMap<>();

  private static final Queue<Span> SPANS = new ConcurrentLinkedQueue<>();

  private static HttpServer receiver;
  private static RunningGatehouse gw;

  @BeforeAll
  static void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String token = exchange.getRequestHeaders().getFirst("X-Token");
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().equals("/v1/traces")) {
              ExportTraceServiceRequest.parseFrom(body)
                  .getResourceSpansList()
                  .forEach(source -> SPANS.addAll(source.getScopeSpans(0).getSpansList()));
            }
            RECEIVED.merge(
                exchange.getRequestURI().getPath(),
                token + new String(body, StandardCharsets.ISO_8859_1),
                String::concat);
            exchange.sendResponseHeaders(200, -1);
          }
        });
    receiver.start();
    String configuration = CONFIGURATION.formatted(receiver.getAddress().getPort());
    gw = RunningGatehouse.start(directory.resolve("data"), configuration);
  }

  /** A receiver that is gone costs what is sent to it, and neither a request nor the end. */
  @AfterAll
  static void stop() throws Exception {
    receiver.stop(0);
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /x");
      api.serve();
      for (int i = 0; i < 10; i++) {
        assertThat(api.get("/x").status()).isEqualTo(200);
      }
    }
    assertThat(gw.stop()).isIn(0, 130, 143);
    gw.close();
  }

  private static void awaitReceived(String path, String text) throws Exception {
    Eventually.eventually(
        text + " at " + path,
        Duration.ofSeconds(20),
        () -> Optional.of(RECEIVED.getOrDefault(path, "")).filter(all -> all.contains(text)));
  }

  @Test
  void spansMetricsAndLinesReachTheReceiverAndTheTraceGoesOn() throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /pets/{id}");
      api.serve();
      Reply set =
          gw.control()
              .patch(
                  api.path("/stages/%24default"),
                  "{\"accessLogSettings\":{\"destinationArn\":\"arn:aws:logs:us-east-1:"
                      + "000000000000:log-group:g\",\"format\":\"line of $context.requestId\"}}");
      assertThat(set.status()).as("%s", set).isEqualTo(200);
      Reply reply = api.get("/pets/1", "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01");
      String id = reply.header("apigw-requestid").orElseThrow();
      assertThat(backend.taken().headers().get("traceparent").getFirst())
          .startsWith("00-" + TRACE + "-")
          .doesNotContain("b7ad6b7169203331")
          .endsWith("-01");
      api.get(
          "/pets/2",
          "x-amzn-trace-id: Root=1-5759e988-bd862e3fe1be46a994272793;"
              + "Parent=53995c3f42cd8ad8;Sampled=1");
      assertThat(backend.taken().headers().get("traceparent").getFirst())
          .startsWith("00-5759e988bd862e3fe1be46a994272793-");
      awaitReceived("/v1/traces", "GET /pets/{id}");
      awaitReceived("/v1/traces", id);
      awaitReceived("/v1/metrics", "gatehouse.requests");
      awaitReceived("/v1/logs", "line of " + id);
      assertThat(RECEIVED.get("/v1/traces")).startsWith("secret-of-the-receiver");
      assertThat(gw.log()).doesNotContain("secret-of-the-receiver");
    }
  }

  @Test
  void aSpanTellsWhatWasAskedWhatCameOfItAndWhen() throws Exception {
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(backend.url()), "GET /pets/{id}");
      api.routes(api.url(Backend.dead()), "ANY /down");
      api.serve();
      long before = System.currentTimeMillis();
      Reply well = api.get("/pets/1", "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01");
      String told = backend.taken().headers().get("traceparent").getFirst();
      Reply down = api.get("/down");
      long after = System.currentTimeMillis();
      String id = well.header("apigw-requestid").orElseThrow();
      Span request = span(each -> id.equals(attributes(each).get("aws.request_id")));
      assertThat(request.getName()).isEqualTo("GET /pets/{id}");
      assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(attributes(request))
          .containsOnly(
              Map.entry("http.request.method", "GET"),
              Map.entry("http.route", "/pets/{id}"),
              Map.entry("http.response.status_code", "200"),
              Map.entry("aws.api_gateway.api_id", api.id()),
              Map.entry("aws.api_gateway.stage", "$default"),
              Map.entry("aws.request_id", id));
      assertThat(told)
          .isEqualTo("00-%s-%s-01", hex(request.getTraceId()), hex(request.getSpanId()));
      assertThat(hex(request.getTraceId())).isEqualTo(TRACE);
      assertThat(hex(request.getParentSpanId())).isEqualTo("b7ad6b7169203331");
      assertThat(request.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
      assertThat(request.getStartTimeUnixNano() / 1_000_000).isBetween(before, after);
      Span call = span(each -> each.getParentSpanId().equals(request.getSpanId()));
      assertThat(call.getName()).isEqualTo("integration");
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(call.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(
              List.of(
                  request.getStartTimeUnixNano(),
                  call.getStartTimeUnixNano(),
                  call.getEndTimeUnixNano(),
                  request.getEndTimeUnixNano()))
          .isSorted();
      String failed = down.header("apigw-requestid").orElseThrow();
      Span error = span(each -> failed.equals(attributes(each).get("aws.request_id")));
      assertThat(error.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(attributes(error))
          .containsEntry("http.response.status_code", "503")
          .hasEntrySatisfying("error.type", why -> assertThat(why).contains("UNREACHABLE"));
      assertThat(error.getParentSpanId()).isEmpty();
      assertThat(gw.http().get("/_gatehouse/metrics").text())
          .contains("gatehouse_spans_dropped_total 0.0");
    }
  }

  private static Span span(Predicate<Span> wanted) throws Exception {
    return Eventually.eventually(
        "a span", Duration.ofSeconds(20), () -> SPANS.stream().filter(wanted).findFirst());
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                each ->
                    each.getValue().hasIntValue()
                        ? Long.toString(each.getValue().getIntValue())
                        : each.getValue().getStringValue()));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Test
  void eventsOfWebSocketApisHaveSpansAndCounts() throws Exception {
    String client = "1af7651916cd43dd8448eb211c80319d";
    try (Backend backend = Backend.start();
        SocketApi api = SocketApi.create(gw)) {
      api.oneWay("$connect", api.url(backend.url(), "{}"));
      api.twoWay("url", api.url(backend.url(), "{}"));
      api.oneWay("down", api.url(Backend.dead(), "{}"));
      api.oneWay("mock", api.mock("x"));
      api.serve(",\"defaultRouteSettings\":{\"detailedMetricsEnabled\":true}");
      try (RawWebSocket socket =
          api.handshake("/prod", "traceparent: 00-" + client + "-b7ad6b7169203331-01")) {
        assertThat(socket.status()).as("%s", socket.head()).isEqualTo(101);
        assertThat(backend.taken().headers().get("traceparent").getFirst())
            .startsWith("00-" + client + "-")
            .doesNotContain("b7ad6b7169203331");
        socket.text("{\"action\":\"url\"}");
        socket.message();
        assertThat(backend.taken().headers().get("traceparent").getFirst()).doesNotContain(client);
        for (String action : List.of("down", "none")) {
          socket.text("{\"action\":\"" + action + "\"}");
          socket.message();
        }
        socket.text("{\"action\":\"mock\"}");
        String stage = "{api=\"" + api.id() + "\",stage=\"prod\"}";
        String route = "{api=\"" + api.id() + "\",route=\"down\",stage=\"prod\"}";
        for (String line :
            List.of(
                "gatehouse_connects_total" + stage + " 1.0",
                "gatehouse_messages_total" + stage + " 7.0",
                "gatehouse_client_errors_total" + stage + " 1.0",
                "gatehouse_execution_errors_total" + stage + " 1.0",
                "gatehouse_integration_errors_total" + stage + " 0.0",
                "gatehouse_integration_latency_seconds_count" + stage + " 3",
                "gatehouse_route_execution_errors_total" + route + " 1.0",
                "gatehouse_route_messages_total" + route + " 2.0")) {
          Eventually.eventually(
              line,
              Duration.ofSeconds(10),
              () ->
                  gw.http()
                      .get("/_gatehouse/metrics")
                      .text()
                      .lines()
                      .filter(line::equals)
                      .findFirst());
        }
      }
      awaitReceived("/v1/traces", "CONNECT $connect");
      awaitReceived("/v1/traces", "MESSAGE url");
      awaitReceived("/v1/metrics", "gatehouse.messages");
      awaitReceived("/v1/metrics", "gatehouse.connects");
      awaitReceived("/v1/metrics", "gatehouse.execution_errors");
    }
  }

  @Test
  void allApisOfAnAccountShareItsBucket() throws Exception {
    Control other = new Control(gw.http(), "222222222222");
    try (Backend backend = Backend.start();
        HttpApi first = HttpApi.create(other);
        HttpApi second = HttpApi.create(other)) {
      for (HttpApi api : new HttpApi[] {first, second}) {
        api.routes(api.url(backend.url()), "GET /x");
        api.serve();
      }
      long started = System.nanoTime();
      int admitted = 0;
      for (int i = 0; i < 60; i++) {
        int status = (i % 2 == 0 ? first : second).get("/x").status();
        assertThat(status).isIn(200, 429);
        admitted += status == 200 ? 1 : 0;
      }
      long seconds = 1 + Duration.ofNanos(System.nanoTime() - started).toSeconds();
      assertThat(admitted).isBetween(20, (int) (20 + seconds));
    }
  }

  @Test
  void aRouteOfAnHttpApiDemandsAKeyWhereThatIsSwitchedOn() throws Exception {
    Control control = new Control(gw.http(), "333333333333");
    try (Backend backend = Backend.start();
        HttpApi api = HttpApi.create(control)) {
      String route = api.routes(api.url(backend.url()), "GET /x");
      String path = "/_gatehouse/control/apis/" + api.id() + "/routes/" + route + "/extensions";
      Reply set = control.send("PUT", path, "{\"apiKeyRequired\":true}");
      assertThat(set.status()).as("%s", set).isEqualTo(200);
      api.serve();
      String value = "a-key-for-http-of-many-characters";
      String key =
          control
              .create("/apikeys", "{\"enabled\":true,\"value\":\"" + value + "\"}")
              .path("id")
              .asString();
      String plan =
          control
              .create(
                  "/usageplans",
                  "{\"name\":\"p\",\"quota\":{\"limit\":1,\"period\":\"DAY\"},\"apiStages\":"
                      + "[{\"apiId\":\"%s\",\"stage\":\"$default\"}]}".formatted(api.id()))
              .path("id")
              .asString();
      control.create(
          "/usageplans/" + plan + "/keys",
          "{\"keyId\":\"%s\",\"keyType\":\"API_KEY\"}".formatted(key));
      assertThat(api.get("/x").status()).isEqualTo(403);
      assertThat(api.get("/x", "x-api-key: another").status()).isEqualTo(403);
      assertThat(api.get("/x", "x-api-key: " + value).status()).isEqualTo(200);
      assertThat(api.get("/x", "x-api-key: " + value).status()).isEqualTo(429);
      JsonNode shown = control.get(api.path("/routes/" + route)).json();
      assertThat(shown.path("apiKeyRequired").asBoolean(true)).isFalse();
      assertThat(shown.has("extensions")).isFalse();
    }
  }

  @Test
  void everyAnswerWith500OrMoreHasItsCauseInTheLogUnderTheIdThatTheClientSaw() throws Exception {
    try (HttpApi api = HttpApi.create(gw)) {
      api.routes(api.url(Backend.dead()), "GET /down");
      api.serve();
      Reply reply = api.get("/down");
      assertThat(reply.status()).isEqualTo(503);
      String id = reply.header("apigw-requestid").orElseThrow();
      String line =
          Eventually.eventually(
              "a line of " + id,
              Duration.ofSeconds(10),
              () -> gw.log().lines().filter(each -> each.contains(id)).findFirst());
      assertThat(line).contains("503", "UNREACHABLE");
      assertThat(gw.log().lines().filter(each -> each.contains(id))).hasSize(1);
    }
  }
}
