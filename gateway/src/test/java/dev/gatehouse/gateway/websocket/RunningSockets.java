package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.GatewayOptions;
import dev.gatehouse.gateway.GatewayPorts;
import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Callers;
import dev.gatehouse.identity.Grants;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Principal;
import dev.gatehouse.identity.SignedRequests;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.testkit.RawWebSocket;
import dev.gatehouse.wire.Json;
import dev.gatehouse.wire.http.HttpReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A gateway that serves a WebSocket API, with functions that are what a test says. */
final class RunningSockets implements AutoCloseable {
  static final String HOST = SocketDefinitions.API_ID + ".execute-api.us-east-1.amazonaws.com";
  static final FunctionInvoker NO_FUNCTIONS =
      invocation -> CompletableFuture.completedFuture(new FunctionInvoker.Missing());

  private final Gateway gateway;
  private final LinkedBlockingQueue<String> log;

  private RunningSockets(Gateway gateway, LinkedBlockingQueue<String> log) {
    this.gateway = gateway;
    this.log = log;
  }

  static RunningSockets serving(SocketDefinitions api) throws IOException {
    return serving(api, NO_FUNCTIONS);
  }

  static RunningSockets serving(SocketDefinitions api, FunctionInvoker functions)
      throws IOException {
    return serving(api, functions, quick(WebSocketOptions.USUAL));
  }

  /** A gateway that sends every message back. */
  static RunningSockets echoing() throws IOException {
    FunctionInvoker echo =
        invocation -> {
          String body = Json.mapper().readTree(invocation.payload()).path("body").asString();
          String answer = Json.mapper().writeValueAsString(Map.of("statusCode", 200, "body", body));
          return CompletableFuture.completedFuture(
              new FunctionInvoker.Returned(answer.getBytes(StandardCharsets.UTF_8)));
        };
    return serving(new SocketDefinitions().function("$default", "f", true), echo);
  }

  /** The same with little time for closing at the end. */
  static WebSocketOptions quick(WebSocketOptions usual) {
    return new WebSocketOptions(
        usual.frameBytes(),
        usual.messageBytes(),
        usual.idle(),
        usual.lifetime(),
        usual.connectionsPerSecond(),
        Duration.ofMillis(100));
  }

  static RunningSockets serving(
      SocketDefinitions api, FunctionInvoker functions, WebSocketOptions options)
      throws IOException {
    return serving(api, functions, options, Extensions.NONE);
  }

  static RunningSockets serving(
      SocketDefinitions api,
      FunctionInvoker functions,
      WebSocketOptions options,
      Extensions extensions)
      throws IOException {
    LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    return new RunningSockets(
        gateway(
            api, functions, options, extensions, (group, line) -> log.add(line), System::nanoTime),
        log);
  }

  /** A gateway whose logs are a test's own affair. */
  static RunningSockets logging(SocketDefinitions api, AccessLog lines) throws IOException {
    WebSocketOptions options = quick(WebSocketOptions.USUAL);
    return new RunningSockets(
        gateway(api, NO_FUNCTIONS, options, Extensions.NONE, lines, System::nanoTime),
        new LinkedBlockingQueue<>());
  }

  /** A gateway whose time is a test's own affair. */
  static RunningSockets timed(SocketDefinitions api, FunctionInvoker functions, LongSupplier nanos)
      throws IOException {
    LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    WebSocketOptions options = quick(WebSocketOptions.USUAL);
    return new RunningSockets(
        gateway(api, functions, options, Extensions.NONE, (group, line) -> log.add(line), nanos),
        log);
  }

  private static Gateway gateway(
      SocketDefinitions api,
      FunctionInvoker functions,
      WebSocketOptions options,
      Extensions extensions,
      AccessLog lines,
      LongSupplier nanos)
      throws IOException {
    Callers callers =
        new Callers(
            new SignedRequests(new AccessKeys(true, List.of()), InstantSource.system()),
            new Permissions(identity -> new Grants.Holding.Everything(), InstantSource.system()));
    GatewayPorts ports =
        new GatewayPorts(
            InstantSource.system(),
            nanos,
            functions,
            callers,
            RunningSockets::policy,
            Map.of(),
            RunningSockets::key,
            lines,
            null,
            null,
            call -> HttpReply.json(404, "{\"message\":\"elsewhere\"}"));
    Gateway gateway =
        Gateway.start(
            new GatewayOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                2,
                64L << 20,
                Duration.ofSeconds(2),
                extensions,
                BackendOptions.defaults(),
                Map.of(),
                options,
                null),
            ports);
    gateway.publish(api.release());
    gateway.open();
    return gateway;
  }

  private static dev.gatehouse.gateway.spi.PolicyReader.AccessPolicy policy(String json) {
    Policy policy = Policy.parseHeld(json);
    Principal caller = new Principal.Service("execute-api.amazonaws.com");
    return (action, resource, context) ->
        policy.allows(new AccessRequest(caller, action, resource, context));
  }

  /** One key opens everything, once. */
  private static ApiKeyGuard.Outcome key(
      ApiKeyGuard.KeyedStage stage, String routeKey, @Nullable String value) {
    if ("used-up".equals(value)) {
      return new ApiKeyGuard.Exhausted();
    }
    return "good".equals(value) ? new ApiKeyGuard.Admitted("k1") : new ApiKeyGuard.Refused();
  }

  Gateway gateway() {
    return gateway;
  }

  /** The lines of logs. */
  LinkedBlockingQueue<String> log() {
    return log;
  }

  /** A client whose handshake has been sent and answered, however it was. */
  RawWebSocket handshake(String target, String... headers) throws IOException {
    return new RawWebSocket(gateway.address(), HOST, target, headers);
  }

  /** A client of the stage that has been let in. */
  RawWebSocket connect() throws IOException {
    RawWebSocket client = handshake("/prod");
    if (client.status() != 101) {
      throw new AssertionError("not let in: " + client.head());
    }
    return client;
  }

  /** What a client does. */
  interface Talk {
    void by(RawWebSocket client) throws IOException;
  }

  /** Has a client talk that has been let in. */
  void talk(Talk talk) throws IOException {
    try (RawWebSocket client = connect()) {
      talk.by(client);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
