package dev.gatehouse.wire;

/**
 * A control call that is refused, with what the client is told. Carries no stack trace: it is an
 * answer, not a fault of ours.
 */
public final class ServiceException extends RuntimeException {
  private final int status;
  private final String type;

  /**
   * @param status the HTTP status
   * @param type the error shape, as in {@code x-amzn-ErrorType}
   * @param message the text that the client sees
   */
  public ServiceException(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error shape's name. */
  public String type() {
    return type;
  }

  /** The text that the client sees. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
