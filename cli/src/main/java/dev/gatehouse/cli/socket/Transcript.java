package dev.gatehouse.cli.socket;

/** What is shown of a conversation. */
interface Transcript {
  /**
   * It has begun.
   *
   * @param subprotocol empty where none was agreed on
   */
  void opened(String subprotocol);

  /** A message came. */
  void message(String text);

  /** It is over. */
  void closed(int code, String reason);
}
