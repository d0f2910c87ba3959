package dev.gatehouse.gateway.websocket;

/**
 * Why a connection ended, as its {@code DISCONNECT} event tells (websocket-api.md 3.3).
 *
 * @param code RFC 6455's status
 */
record CloseReason(int code, String text) {
  static final CloseReason DELETED = new CloseReason(1000, "Connection Closed Normally");
  static final CloseReason GOING_AWAY = new CloseReason(1001, "Going away");
  static final CloseReason PROTOCOL = new CloseReason(1002, "Protocol error");
  static final CloseReason BINARY = new CloseReason(1003, "Binary frames are not supported");
  static final CloseReason UNSET = new CloseReason(1005, "Client-side close frame status not set");
  static final CloseReason ABNORMAL = new CloseReason(1006, "Connection closed abnormally");
  static final CloseReason NOT_UTF8 = new CloseReason(1007, "Text is not UTF-8");
  static final CloseReason NO_MEMORY = new CloseReason(1013, "Try again later");
  static final CloseReason TOO_BIG = new CloseReason(1009, "Message is too big");

  /** For frames that break the protocol, by the code that the decoder gives. */
  static CloseReason ofViolation(int code) {
    return switch (code) {
      case 1007 -> NOT_UTF8;
      case 1009 -> TOO_BIG;
      default -> PROTOCOL;
    };
  }
}
