package dev.gatehouse.gateway.net;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that no service is asked for: one answer, and the connection ends with it. */
public final class RefusedCall implements Receiver {
  private final ClientConnection connection;
  private final Refusal refusal;

  private RefusedCall(ClientConnection connection, Refusal refusal) {
    this.connection = connection;
    this.refusal = refusal;
  }

  /**
   * The host of a request is not the one that its connection's certificate was chosen for (RFC 9110
   * 15.5.20): who checked a client for one name must not have let it in to another.
   */
  public static RefusedCall misdirected(ClientConnection connection) {
    return new RefusedCall(
        connection, new Refusal(HttpResponseStatus.MISDIRECTED_REQUEST, "Misdirected Request"));
  }

  @Override
  public void start() {
    connection.closeAfterAnswer();
    connection.answer(refusal);
  }

  @Override
  public void content(HttpContent content) {
    content.release();
  }
}
