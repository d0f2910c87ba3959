package dev.gatehouse.gateway;

import dev.gatehouse.gateway.balance.TargetDefinition;
import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.gateway.spi.FunctionInvoker;
import dev.gatehouse.gateway.spi.PolicyReader;
import dev.gatehouse.gateway.upstream.BackendOptions;
import dev.gatehouse.gateway.websocket.WebSocketOptions;
import dev.gatehouse.identity.AccessKeys;
import dev.gatehouse.identity.AccessRequest;
import dev.gatehouse.identity.Callers;
import dev.gatehouse.identity.Credential;
import dev.gatehouse.identity.Grants;
import dev.gatehouse.identity.Permissions;
import dev.gatehouse.identity.Policy;
import dev.gatehouse.identity.Principal;
import dev.gatehouse.identity.SignedRequests;
import dev.gatehouse.model.Extensions;
import dev.gatehouse.wire.http.HttpReply;
import dev.gatehouse.wire.http.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A gateway on a free port, and raw bytes to and from it. */
final class RunningGateway implements AutoCloseable {
  static final String HOST = Definitions.API_ID + ".execute-api.us-east-1.amazonaws.com";

  private static final FunctionInvoker NO_FUNCTIONS =
      invocation -> CompletableFuture.completedFuture(new FunctionInvoker.Missing());
  private static final HttpService ELSEWHERE =
      call -> HttpReply.json(404, "{\"message\":\"elsewhere\"}");

  private final Gateway gateway;

  private RunningGateway(Gateway gateway) {
    this.gateway = gateway;
  }

  static RunningGateway serving(Definitions api) throws IOException {
    return serving(api, NO_FUNCTIONS);
  }

  static RunningGateway serving(Definitions api, FunctionInvoker functions) throws IOException {
    return start(api, functions, ELSEWHERE);
  }

  static RunningGateway start(Definitions api, FunctionInvoker functions, HttpService other)
      throws IOException {
    return start(api, ports(functions, other));
  }

  private static GatewayPorts ports(FunctionInvoker functions, HttpService other) {
    return ports(functions, other, (group, line) -> {});
  }

  private static GatewayPorts ports(FunctionInvoker functions, HttpService other, AccessLog lines) {
    return new GatewayPorts(
        InstantSource.system(),
        System::nanoTime,
        functions,
        CALLERS,
        RunningGateway::policy,
        Map.of(),
        ApiKeyGuard.CLOSED,
        lines,
        null,
        null,
        other);
  }

  static RunningGateway start(Definitions api, GatewayPorts ports) throws IOException {
    return start(api, ports, options(Extensions.NONE, BackendOptions.defaults(), Map.of()));
  }

  static GatewayOptions options(
      Extensions extensions, BackendOptions backends, Map<String, TargetDefinition> targets) {
    return new GatewayOptions(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        2,
        64L << 20,
        Duration.ofSeconds(2),
        extensions,
        backends,
        targets,
        WebSocketOptions.USUAL,
        null);
  }

  static RunningGateway serving(Definitions api, FunctionInvoker functions, GatewayOptions options)
      throws IOException {
    return start(api, ports(functions, ELSEWHERE), options);
  }

  /** A gateway without functions. */
  static RunningGateway serving(Definitions api, GatewayOptions options) throws IOException {
    return serving(api, NO_FUNCTIONS, options);
  }

  /** A gateway whose lines of access logs a test takes. */
  static RunningGateway logging(
      Definitions api, FunctionInvoker functions, Consumer<String> lines, GatewayOptions options)
      throws IOException {
    return start(api, ports(functions, ELSEWHERE, (group, line) -> lines.accept(line)), options);
  }

  private static RunningGateway start(Definitions api, GatewayPorts ports, GatewayOptions options)
      throws IOException {
    Gateway gateway = Gateway.start(options, ports);
    gateway.open();
    gateway.publish(api.release());
    return new RunningGateway(gateway);
  }

  private static final Policy LIMITED =
      Policy.parseHeld(
          """
          {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"execute-api:Invoke",
           "Resource":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/$default/GET/open/*"}}\
          """);
  static final AccessKeys KEYS =
      new AccessKeys(
          true,
          List.of(
              new Credential(
                  "AKIALIMITED",
                  "secret",
                  null,
                  "123456789012",
                  "arn:aws:iam::123456789012:user/limited")));
  static final Callers CALLERS =
      new Callers(
          new SignedRequests(KEYS, InstantSource.system()),
          new Permissions(
              identity ->
                  identity.isRoot()
                      ? new Grants.Holding.Everything()
                      : new Grants.Holding.Policies(List.of(LIMITED), List.of()),
              InstantSource.system()));

  static PolicyReader.AccessPolicy policy(String json) {
    Policy policy = Policy.parseHeld(json);
    Principal caller = new Principal.Service("execute-api.amazonaws.com");
    return (action, resource, context) ->
        policy.allows(new AccessRequest(caller, action, resource, context));
  }

  Gateway gateway() {
    return gateway;
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(gateway.address().getAddress(), gateway.address().getPort());
    socket.setSoTimeout(15_000);
    return socket;
  }

  /** A request of one line and headers, asking to close; the whole answer as text. */
  String exchange(String requestLine, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(requestLine).append(" HTTP/1.1\r\nHost: ");
    request.append(HOST).append("\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return raw(request.append("\r\n").toString());
  }

  /** Sends bytes, and reads until the gateway closes. */
  String raw(String bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return readAll(socket.getInputStream());
    }
  }

  static String readAll(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
