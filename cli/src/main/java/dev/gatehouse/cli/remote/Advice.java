package dev.gatehouse.cli.remote;

/** Adds the next step to a refusal, where the command knows one. */
public final class Advice {
  private Advice() {}

  /** A call to the server. */
  @FunctionalInterface
  public interface Asking<T> {
    T ask() throws InterruptedException;
  }

  /** The answer; a refusal of that status with the step that helps. */
  public static <T> T on(int status, String step, Asking<T> asking) throws InterruptedException {
    try {
      return asking.ask();
    } catch (CallFailed failed) {
      throw failed.status() == status ? failed.advising(step) : failed;
    }
  }
}
