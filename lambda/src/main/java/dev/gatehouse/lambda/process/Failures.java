package dev.gatehouse.lambda.process;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** AWS's texts for invocations that the handler did not end itself. */
public final class Failures {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What a handler may return: 6 MB and the 100 bytes that AWS grants on top [L]. */
  public static final int MAX_RESPONSE = 6 * 1024 * 1024 + 100;

  private Failures() {}

  /** {@code 2026-11-22T05:00:00.123Z … Task timed out after 3.00 seconds}, for the log [C]. */
  static String timedOutAt(Instant when, String requestId, Duration timeout) {
    return MILLIS.format(when) + " " + requestId + " " + timedOut(timeout);
  }

  /** {@code RequestId: … Error: Task timed out after 3.00 seconds}, for whoever invoked [L]. */
  public static String timedOut(String requestId, Duration timeout) {
    return "RequestId: " + requestId + " Error: " + timedOut(timeout);
  }

  private static String timedOut(Duration timeout) {
    return String.format(
        Locale.ROOT, "Task timed out after %.2f seconds", timeout.toMillis() / 1000.0);
  }

  /** What the REPORT line says of it; empty for most [L]. */
  static String status(Ending ending) {
    return switch (ending) {
      case Ending.TimedOut() -> "Status: timeout";
      case Ending.Exited _ -> "Status: error\tError Type: Runtime.ExitError";
      case Ending.Returned _, Ending.Reported _, Ending.TooLarge _, Ending.NotDelivered _ -> "";
    };
  }

  /** {@code RequestId: … Error: Runtime exited with error: exit status 1} [C]. */
  public static String exited(String requestId, Ending ending) {
    String reason = ending instanceof Ending.Exited exited ? exited.reason() : "";
    return "RequestId: "
        + requestId
        + (reason.isEmpty()
            ? " Error: Runtime exited without providing a reason"
            : " Error: Runtime exited with error: " + reason);
  }

  /** What a shell's exit status says: {@code exit status 1}, {@code signal: killed}. */
  static String reason(int status) {
    if (status == 0) {
      return "";
    }
    return switch (status - 128) {
      case 4 -> "signal: illegal instruction";
      case 6 -> "signal: aborted";
      case 7 -> "signal: bus error";
      case 9 -> "signal: killed";
      case 11 -> "signal: segmentation fault";
      case 15 -> "signal: terminated";
      case 25 -> "signal: file size limit exceeded";
      default -> "exit status " + status;
    };
  }
}
