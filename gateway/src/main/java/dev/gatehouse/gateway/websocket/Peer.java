package dev.gatehouse.gateway.websocket;

import dev.gatehouse.gateway.net.ClientConnection;
import dev.gatehouse.gateway.net.HeaderText;
import dev.gatehouse.identity.Caller;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection's client, for as long as the connection lasts.
 *
 * @param connectedAt when the upgrade was asked for, in milliseconds since the epoch
 * @param domainName the host that the client used, with its port where that is not the default
 * @param userAgent null where the client sent none
 * @param authorized what the authorizer told; null where there is none
 * @param apiKey the client's API key; null where it needs none
 * @param caller who signed the upgrade; null where nobody had to
 */
record Peer(
    String connectionId,
    long connectedAt,
    String domainName,
    String sourceIp,
    @Nullable String userAgent,
    @Nullable Authorized authorized,
    @Nullable Caller caller,
    @Nullable Key apiKey) {

  /** An API key, by id and value. */
  record Key(String id, String value) {}

  /** A client that asks for a connection now, and of whom nobody has judged yet. */
  static Peer of(ClientConnection client, HttpHeaders headers, String domainName, long now) {
    String id = client.worker().connectionId();
    String agent = headers.get(HttpHeaderNames.USER_AGENT);
    String shown = agent == null ? null : HeaderText.read(agent);
    return new Peer(id, now, domainName, client.peerAddress(), shown, null, null, null);
  }

  Peer with(Authorized told) {
    return new Peer(connectionId, connectedAt, domainName, sourceIp, userAgent, told, null, apiKey);
  }

  Peer with(Caller signer) {
    return new Peer(
        connectionId, connectedAt, domainName, sourceIp, userAgent, null, signer, apiKey);
  }

  Peer withKey(Key shown) {
    return new Peer(
        connectionId, connectedAt, domainName, sourceIp, userAgent, authorized, caller, shown);
  }
}
