package dev.gatehouse.example.image;

/** Ends a request with a status and a message that tells the client what to do about it. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  Refusal(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** What the client reads. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
