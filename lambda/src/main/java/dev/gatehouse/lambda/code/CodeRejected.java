package dev.gatehouse.lambda.code;

/** An archive that is not taken; the message says why. */
public final class CodeRejected extends Exception {
  CodeRejected(String message) {
    super(message);
  }

  CodeRejected(String message, Throwable cause) {
    super(message, cause);
  }
}
