package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Receiver;
import dev.gatehouse.gateway.net.Receivers;
import dev.gatehouse.gateway.net.RefusedCall;
import dev.gatehouse.gateway.net.ServiceCall;
import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.gateway.websocket.LiveSocketApi;
import dev.gatehouse.gateway.websocket.SocketTarget;
import dev.gatehouse.gateway.websocket.WebSockets;
import dev.gatehouse.wire.http.HttpService;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which API a request is for: by host ({@code {apiId}.execute-api.…}), or by path for clients that
 * cannot set hosts ({@code /_gatehouse/apis/{apiId}/…}, {@code
 * /_aws/execute-api/{apiId}/{stage}/…}). What names no API goes to the other services.
 */
final class Addressing implements Receivers {
  private final Snapshots snapshots;
  private final Services services;
  private final WebSockets sockets;
  private final HttpService other;

  Addressing(Snapshots snapshots, Services services, WebSockets sockets, HttpService other) {
    this.snapshots = snapshots;
    this.services = services;
    this.sockets = sockets;
    this.other = other;
  }

  @Override
  public Receiver receive(ClientConnection connection, HttpRequest request) {
    String host = onlyHost(request);
    String target = RequestPath.ascii(request.uri());
    if (host == null || target == null || !target.startsWith("/") || !Address.isHost(host)) {
      return malformed(connection, request);
    }
    String serverName = connection.serverName();
    if (!serverName.isEmpty() && !Objects.equals(Address.apiId(serverName), Address.apiId(host))) {
      return RefusedCall.misdirected(connection);
    }
    Address address = Address.of(host, target);
    if (address == null) {
      Receiver management = sockets.receive(connection, request);
      return management == null ? new ServiceCall(connection, request, other) : management;
    }
    LiveSocketApi socketApi = sockets.find(address.apiId());
    if (socketApi != null) {
      RequestLine line = address.line();
      return sockets.receive(
          connection,
          request,
          socketApi,
          new SocketTarget(line.domainName(), line.rawPath(), line.rawQuery(), line.stageName()));
    }
    LiveApi api = snapshots.current().api(address.apiId());
    Receiver refusal = api == null ? WebSockets.unknown(connection, request) : null;
    return refusal == null
        ? new Exchange(connection, services, api, address.line(), request)
        : refusal;
  }

  /**
   * Null where there is more than one: then nobody knows which one a proxy went by; or where there
   * is none, unless it is HTTP/1.0, which knows no hosts: checks of load balancers speak it.
   */
  private static @Nullable String onlyHost(HttpRequest request) {
    Iterator<String> hosts = request.headers().valueStringIterator(HttpHeaderNames.HOST);
    String none = request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? "" : null;
    String host = hosts.hasNext() ? hosts.next() : none;
    return hosts.hasNext() ? null : host;
  }

  private Receiver malformed(ClientConnection connection, HttpRequest request) {
    connection.closeAfterAnswer();
    RequestLine line = new RequestLine("", "/%", "", null);
    return new Exchange(connection, services, new LiveApi("", Map.of()), line, request);
  }
}
