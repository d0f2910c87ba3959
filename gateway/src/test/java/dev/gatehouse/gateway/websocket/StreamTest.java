package dev.gatehouse.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.websocket.StreamClient.Stream;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.testkit.RawWebSocket;
import dev.gatehouse.wire.Json;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** WebSockets over HTTP/2 (RFC 8441), and what a client of HTTP/2 may not do. */
class StreamTest {
  private static final Extensions ON = new Extensions(false, 30_000, false, false, true);
  private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xe8};
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private volatile int answerLength;
  private RunningSockets gateway;
  private StreamClient client;

  @BeforeEach
  void start() throws Exception {
    answerLength = 2;
    gateway = serving(ON);
    client = new StreamClient(gateway.gateway().address());
  }

  private RunningSockets serving(Extensions extensions) throws Exception {
    FunctionInvoker functions =
        invocation -> {
          events.add(Json.mapper().readTree(invocation.payload()));
          String answer = "{\"statusCode\":200,\"body\":\"" + "x".repeat(answerLength) + "\"}";
          return CompletableFuture.completedFuture(new FunctionInvoker.Returned(utf8(answer)));
        };
    return RunningSockets.serving(
        new SocketDefinitions()
            .function("$connect", "f", false)
            .function("$default", "f", true)
            .function("$disconnect", "f", false),
        functions,
        RunningSockets.quick(WebSocketOptions.USUAL),
        extensions);
  }

  @AfterEach
  void stop() {
    client.close();
    gateway.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private JsonNode event(String type) throws Exception {
    JsonNode event = events.poll(15, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    assertThat(event.at("/requestContext/eventType").asString()).isEqualTo(type);
    return event;
  }

  private Stream webSocket() throws Exception {
    Stream stream = client.open(StreamClient.webSocket("/prod"), false);
    assertThat(stream.status()).isEqualTo(200);
    return stream;
  }

  @Test
  void aStreamIsAWebSocketLikeAnyOther() throws Exception {
    assertThat(client.settings().connectProtocolEnabled()).isTrue();
    Http2Headers asked = StreamClient.webSocket("/prod").set("user-agent", "streams");
    Stream stream = client.open(asked, false);
    assertThat(stream.status()).isEqualTo(200);
    JsonNode connect = event("CONNECT");
    assertThat(connect.at("/requestContext/identity/userAgent").asString()).isEqualTo("streams");
    assertThat(connect.at("/requestContext/identity/sourceIp").asString()).isEqualTo("127.0.0.1");
    assertThat(connect.at("/headers/Sec-WebSocket-Version").asString()).isEqualTo("13");
    assertThat(connect.at("/headers").has("Sec-WebSocket-Key")).isTrue();
    stream.bytes(RawWebSocket.masked(0x81, utf8("hello")));
    assertThat(stream.read()).isEqualTo(new byte[] {(byte) 0x81, 2, 'x', 'x'});
    assertThat(event("MESSAGE").path("body").asString()).isEqualTo("hello");
    stream.bytes(CLOSE);
    assertThat(stream.read()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    assertThat(stream.end()).isEqualTo("ended");
    assertThat(event("DISCONNECT").at("/requestContext/disconnectStatusCode").asInt())
        .isEqualTo(1000);
  }

  @Test
  void streamsDoNotDisturbEachOther() throws Exception {
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      streams.add(webSocket());
    }
    streams.get(0).reset();
    streams.get(1).endOurs();
    for (Stream stream : streams.subList(2, 20)) {
      stream.bytes(RawWebSocket.masked(0x81, utf8("hello")));
      assertThat(stream.read()).isEqualTo(new byte[] {(byte) 0x81, 2, 'x', 'x'});
    }
    List<Integer> ends = new ArrayList<>();
    while (ends.size() < 2) {
      JsonNode event = events.poll(15, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      if (event.at("/requestContext/eventType").asString().equals("DISCONNECT")) {
        ends.add(event.at("/requestContext/disconnectStatusCode").asInt());
      }
    }
    assertThat(ends).containsExactly(1006, 1006);
  }

  @Test
  void theEndOfTheConnectionIsTheEndOfItsStreams() throws Exception {
    webSocket();
    webSocket();
    client.close();
    event("CONNECT");
    event("CONNECT");
    event("DISCONNECT");
    event("DISCONNECT");
  }

  @Test
  void whoeverIsRefusedIsToldByStatus() throws Exception {
    Stream unknown = client.open(StreamClient.webSocket("/nowhere"), false);
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(new String(unknown.read(), StandardCharsets.UTF_8)).contains("Forbidden");
    assertThat(unknown.end()).isEqualTo("ended");
    Stream other =
        client.open(StreamClient.webSocket("/prod").set(":protocol", "connect-udp"), false);
    assertThat(other.status()).isEqualTo(501);
    assertThat(other.end()).isEqualTo("ended");
    Stream plain = client.open(StreamClient.request("GET", "/prod"), true);
    assertThat(plain.status()).isEqualTo(426);
  }

  @Test
  void whoeverDoesNotReadIsGivenUp() throws Exception {
    answerLength = 100_000;
    Stream stream = webSocket();
    stream.stopReading();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    for (int i = 0; i < 64; i++) {
      messages.writeBytes(RawWebSocket.masked(0x81, utf8("x")));
    }
    stream.bytes(messages.toByteArray());
    JsonNode event = events.poll(15, TimeUnit.SECONDS);
    while (event != null
        && !event.at("/requestContext/eventType").asString().equals("DISCONNECT")) {
      event = events.poll(15, TimeUnit.SECONDS);
    }
    assertThat(event).isNotNull();
    assertThat(event.at("/requestContext/disconnectStatusCode").asInt()).isEqualTo(1006);
  }

  @Test
  void onlySoManyStreamsAreOpenAtATime() throws Exception {
    assertThat(client.settings().maxConcurrentStreams()).isEqualTo(128);
  }

  @Test
  void whoeverOpensAndResetsAllTheTimeIsSentAway() throws Exception {
    for (int i = 0; i < 400; i++) {
      try {
        client.open(StreamClient.webSocket("/prod"), false).reset();
      } catch (Exception sentAway) {
        break;
      }
    }
    assertThat(client.sentAway()).isTrue();
  }

  @Test
  void headsOfManyBytesAreRefused() throws Exception {
    Http2Headers large = StreamClient.webSocket("/prod").set("x-large", "*".repeat(11_000));
    assertThat(client.open(large, false).status()).isEqualTo(431);
    assertThat(client.settings().maxHeaderListSize()).isLessThan(32_768);
  }

  @Test
  void malformedHeadsAreNoRequests() throws Exception {
    for (Http2Headers head :
        List.of(
            StreamClient.webSocket("/prod").method("GET"),
            StreamClient.webSocket("/pr od"),
            StreamClient.webSocket("/prod").set("host", "another"),
            StreamClient.request("GET", "/prod").authority("user@" + RunningSockets.HOST))) {
      assertThat(client.open(head, false).end()).as("%s", head).startsWith("reset PROTOCOL_ERROR");
    }
  }

  @Test
  void stoppingClosesWebSocketsThenTheConnection() throws Exception {
    Stream stream = webSocket();
    Thread stopping = Thread.ofVirtual().start(gateway::close);
    byte[] close = stream.read();
    assertThat(Arrays.copyOf(close, 4)).isEqualTo(new byte[] {(byte) 0x88, 12, 3, (byte) 0xe9});
    stream.bytes(CLOSE);
    assertThat(client.goAway()).isEqualTo(Http2Error.NO_ERROR.code());
    stopping.join();
  }

  @Test
  void whereItIsOffNobodySpeaksIt() throws Exception {
    try (RunningSockets plain = serving(Extensions.NONE);
        StreamClient other = new StreamClient(plain.gateway().address())) {
      assertThat(other.misunderstood()).isTrue();
    }
  }
}
