package dev.gatehouse.gateway.websocket;

import org.jspecify.annotations.Nullable;

/**
 * How an open connection is now.
 *
 * @param connectedAt when the upgrade was asked for, as ISO 8601
 * @param lastActiveAt when something last came or went
 * @param userAgent null where the client sent none
 * @param principalId whom the authorizer took the client for; null where there is none
 * @param messagesReceived messages of the client
 * @param messagesSent messages to the client: answers, error frames, posts of backends
 */
public record ConnectionStatus(
    String connectionId,
    String stageName,
    String connectedAt,
    String lastActiveAt,
    String sourceIp,
    String domainName,
    @Nullable String userAgent,
    @Nullable String principalId,
    int messagesReceived,
    int messagesSent) {

  static ConnectionStatus of(Peer peer, String stageName, long lastActive, int received, int sent) {
    Authorized authorized = peer.authorized();
    return new ConnectionStatus(
        peer.connectionId(),
        stageName,
        CallbackReplies.time(peer.connectedAt()),
        CallbackReplies.time(lastActive),
        peer.sourceIp(),
        peer.domainName(),
        peer.userAgent(),
        authorized == null ? null : authorized.principalId(),
        received,
        sent);
  }
}
