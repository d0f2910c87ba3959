package dev.gatehouse.wire.sigv4;

import java.io.IOException;

/**
 * A body that isn't what the request said it would be. Thrown while the body is read and before its
 * last byte is handed on, so that whoever stores it never gets it whole.
 */
public final class PayloadRejected extends IOException {
  private final int status;
  private final String code;

  public PayloadRejected(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status to answer with. */
  public int status() {
    return status;
  }

  /** The S3 error code. */
  public String code() {
    return code;
  }

  /** The text that the client sees. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
