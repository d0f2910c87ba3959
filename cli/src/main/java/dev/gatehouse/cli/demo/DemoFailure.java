package dev.gatehouse.cli.demo;

/** Ends the demo: a step failed or a check did not hold. The message is for a person to read. */
public final class DemoFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
