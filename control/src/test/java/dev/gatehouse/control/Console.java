package dev.gatehouse.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.identity.Caller;
import dev.gatehouse.identity.CallerService;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.SqliteStore;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.Headers;
import dev.gatehouse.wire.http.HttpCall;
import dev.gatehouse.wire.http.HttpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A control API over a real store, asked as the listener would ask it. */
final class Console implements AutoCloseable {
  static final Scope SCOPE = new Scope("000000000000", "us-east-1");
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final SqliteStore store;
  private final ControlApi api;
  private final RolloutApi rollouts;
  private Instant now = START;
  private Scope scope = SCOPE;

  Console(Path data) {
    this(data, Limits.AWS);
  }

  Console(Path data, Limits limits) {
    this(data, limits, "http://127.0.0.1:1");
  }

  Console(Path data, Extensions extensions) {
    this(data, Limits.AWS, "http://127.0.0.1:1", extensions);
  }

  /** Where the documents of {@code http://unreachable.test/pool} are found. */
  Console(Path data, Limits limits, String issuer) {
    this(data, limits, issuer, Extensions.NONE);
  }

  private Console(Path data, Limits limits, String issuer, Extensions extensions) {
    store = SqliteStore.open(data);
    ControlSettings settings =
        new ControlSettings(
            new EndpointTemplate("http://{apiId}.test", "wss://{apiId}.test/{region}"),
            limits,
            25,
            64 * 1024,
            Map.of("http://unreachable.test/pool", issuer),
            extensions);
    api = new ControlApi(store, settings, () -> now, new RandomIds());
    rollouts = api.rollouts((apiId, most, after) -> Desk.object());
  }

  SqliteStore store() {
    return store;
  }

  void passSeconds(long seconds) {
    now = now.plusSeconds(seconds);
  }

  void actAs(Scope scope) {
    this.scope = scope;
  }

  Answer get(String target) {
    return ask("GET", target, "");
  }

  Answer post(String target, String json) {
    return ask("POST", target, json);
  }

  Answer patch(String target, String json) {
    return ask("PATCH", target, json);
  }

  Answer delete(String target) {
    return ask("DELETE", target, "");
  }

  Answer ask(String method, String target, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    HttpCall call =
        new HttpCall(
            method,
            target,
            Headers.of(),
            new ByteArrayInputStream(bytes),
            bytes.length,
            InetSocketAddress.createUnresolved("client", 1),
            false);
    CallerService service = target.startsWith(RolloutApi.PREFIX) ? rollouts : api;
    try {
      return Answer.of(service.handle(new Caller(scope, "apigateway", "test", "arn"), call));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An HTTP API; its id. */
  String httpApi() {
    return post("/v2/apis", "{\"name\":\"a\",\"protocolType\":\"HTTP\"}").ok(201).text("apiId");
  }

  /** A WebSocket API; its id. */
  String webSocketApi() {
    String json =
        "{\"name\":\"a\",\"protocolType\":\"WEBSOCKET\","
            + "\"routeSelectionExpression\":\"$request.body.action\"}";
    return post("/v2/apis", json).ok(201).text("apiId");
  }

  /** A route of an API; its id. */
  String route(String apiId, String routeKey) {
    return post("/v2/apis/" + apiId + "/routes", "{\"routeKey\":\"" + routeKey + "\"}")
        .ok(201)
        .text("routeId");
  }

  /** An integration of an HTTP API; its id. */
  String integration(String apiId) {
    String json =
        "{\"integrationType\":\"HTTP_PROXY\",\"integrationMethod\":\"ANY\","
            + "\"integrationUri\":\"http://b.test\",\"payloadFormatVersion\":\"1.0\"}";
    return post("/v2/apis/" + apiId + "/integrations", json).ok(201).text("integrationId");
  }

  @Override
  public void close() {
    store.close();
  }

  /** What came back. */
  record Answer(int status, Headers headers, JsonNode body) {
    static Answer of(HttpReply reply) {
      byte[] bytes = ((HttpReply.Bytes) reply.content()).bytes();
      JsonNode body =
          bytes.length == 0 ? Json.mapper().missingNode() : Json.mapper().readTree(bytes);
      return new Answer(reply.status(), reply.headers(), body);
    }

    Answer ok(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", got " + this);
      }
      return this;
    }

    String text(String member) {
      return body.get(member).stringValue();
    }

    String message() {
      return text("message");
    }

    String errorType() {
      return headers.first("x-amzn-ErrorType").orElse("none");
    }

    /** Equal to this JSON, whatever the order of members. */
    boolean is(String json) {
      return body.equals(Json.mapper().readTree(json));
    }
  }
}
