package dev.gatehouse.cli.remote;

/** A call that came to nothing; the message is one line that ends in what to do next. */
public final class CallFailed extends RuntimeException {
  private final int status;

  /**
   * @param status of the answer; 0 where there was none
   */
  public CallFailed(int status, String message) {
    super(message);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** The same, with the next step. */
  public CallFailed advising(String step) {
    String what = String.valueOf(getMessage());
    String clause = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
    return new CallFailed(status, clause + "; " + step);
  }
}
