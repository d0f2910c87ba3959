package dev.gatehouse.gateway;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.Receiver;
import dev.gatehouse.gateway.net.Receivers;
import dev.gatehouse.gateway.net.RefusedCall;
import dev.gatehouse.gateway.net.ServiceCall;
import dev.gatehouse.gateway.route.RequestPath;
import dev.gatehouse.wire.http.HttpService;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which API a request is for: by host ({@code {apiId}.execute-api.…}), or by path for clients that
 * cannot set hosts ({@code /_gatehouse/apis/{apiId}/…}, {@code
 * /_aws/execute-api/{apiId}/{stage}/…}). What names no API goes to the other services.
 */
final class Addressing implements Receivers {
  private static final String EXECUTE_API = ".execute-api.";
  private static final String PATH_FORM = "/_gatehouse/apis/";
  private static final String STAGE_PATH_FORM = "/_aws/execute-api/";

  private final Snapshots snapshots;
  private final Services services;
  private final HttpService other;

  Addressing(Snapshots snapshots, Services services, HttpService other) {
    this.snapshots = snapshots;
    this.services = services;
    this.other = other;
  }

  @Override
  public Receiver receive(ClientConnection connection, HttpRequest request) {
    String host = onlyHost(request);
    String target = RequestPath.ascii(request.uri());
    if (host == null || !target.startsWith("/")) {
      return malformed(connection, request);
    }
    String apiId = apiId(host);
    String serverName = connection.serverName();
    if (!serverName.isEmpty() && !Objects.equals(apiId(serverName), apiId)) {
      return RefusedCall.misdirected(connection);
    }
    if (apiId != null) {
      return exchange(connection, request, apiId, host, target, null);
    }
    if (target.startsWith(PATH_FORM)) {
      return pathForm(connection, request, host, target.substring(PATH_FORM.length()), false);
    }
    if (target.startsWith(STAGE_PATH_FORM)) {
      return pathForm(connection, request, host, target.substring(STAGE_PATH_FORM.length()), true);
    }
    return new ServiceCall(connection, request, other);
  }

  /** Null where there is no host, or more than one: then nobody knows which one a proxy went by. */
  private static @Nullable String onlyHost(HttpRequest request) {
    Iterator<String> hosts = request.headers().valueStringIterator(HttpHeaderNames.HOST);
    String host = hosts.hasNext() ? hosts.next() : null;
    return hosts.hasNext() ? null : host;
  }

  private Receiver malformed(ClientConnection connection, HttpRequest request) {
    connection.closeAfterAnswer();
    RequestLine line = new RequestLine("", "/%", "", null);
    return new Exchange(connection, services, new LiveApi("", Map.of()), line, request);
  }

  /** The first label of an execute-api host; null for any other host. */
  private static @Nullable String apiId(String host) {
    int dot = host.indexOf('.');
    boolean matches =
        dot > 0 && host.regionMatches(true, dot, EXECUTE_API, 0, EXECUTE_API.length());
    return matches ? host.substring(0, dot).toLowerCase(Locale.ROOT) : null;
  }

  private Receiver pathForm(
      ClientConnection connection,
      HttpRequest request,
      String host,
      String rest,
      boolean stageNamed) {
    String apiId = upToEnd(rest);
    String target = rest.substring(apiId.length());
    String stage = null;
    if (stageNamed && target.startsWith("/")) {
      stage = upToEnd(target.substring(1));
      target = target.substring(1 + stage.length());
    }
    return exchange(connection, request, apiId, host, target, stage);
  }

  /** The text up to the next slash or question mark. */
  private static String upToEnd(String text) {
    int slash = text.indexOf('/');
    int mark = text.indexOf('?');
    int end = slash < 0 || (mark >= 0 && mark < slash) ? mark : slash;
    return end < 0 ? text : text.substring(0, end);
  }

  private Receiver exchange(
      ClientConnection connection,
      HttpRequest request,
      String apiId,
      String host,
      String target,
      @Nullable String stage) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    RequestLine line = new RequestLine(host, path.isEmpty() ? "/" : path, query, stage);
    return new Exchange(connection, services, snapshots.current().api(apiId), line, request);
  }
}
