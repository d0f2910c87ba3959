package dev.gatehouse.runtime.java;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as AWS's Java runtime reports it: {@code errorMessage}, {@code errorType}, {@code
 * stackTrace} down to the handler, {@code cause}.
 *
 * @param type the class name
 * @param text what goes to the log
 * @param fatal whether the process should not serve on, as after an {@code OutOfMemoryError}
 */
record Fault(String type, String json, String text, boolean fatal) {
  private static final int MAX_CAUSES = 16;
  private static final int MAX_FRAMES = 256;

  /** Parts the lines of one message, which is one event of the log; Gatehouse undoes it. */
  private static final char WITHIN = 2;

  static Fault of(Throwable thrown) {
    Throwable real = thrown instanceof InvocationTargetException e ? cause(e) : thrown;
    trim(real, 0);
    StringBuilder json = new StringBuilder(1024);
    object(real, json, 0);
    return new Fault(
        real.getClass().getName(),
        json.toString(),
        text(real),
        real instanceof VirtualMachineError);
  }

  /** A fault that has no throwable behind it. */
  static Fault of(String type, String message) {
    StringBuilder json = new StringBuilder("{\"errorMessage\":");
    string(message, json);
    json.append(",\"errorType\":");
    string(type, json);
    return new Fault(type, json.append('}').toString(), message + ": " + type, false);
  }

  private static Throwable cause(InvocationTargetException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  /** Cuts off our own frames: the handler is the outermost that a function's author sees. */
  private static void trim(Throwable thrown, int depth) {
    StackTraceElement[] frames = thrown.getStackTrace();
    int keep = 0;
    while (keep < frames.length && keep < MAX_FRAMES && !ours(frames[keep])) {
      keep++;
    }
    thrown.setStackTrace(Arrays.copyOf(frames, keep));
    Throwable cause = thrown.getCause();
    if (cause != null && depth < MAX_CAUSES) {
      trim(cause, depth + 1);
    }
  }

  private static boolean ours(StackTraceElement frame) {
    return frame.getClassName().startsWith("dev.gatehouse.runtime.java.");
  }

  /** What is printed for the log, on one line. */
  String logged() {
    return text.stripTrailing().replace('\n', WITHIN);
  }

  private static String text(Throwable thrown) {
    StringWriter text = new StringWriter();
    text.append(String.valueOf(thrown.getMessage())).append(": ");
    text.append(thrown.getClass().getName()).append('\n');
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static void object(Throwable thrown, StringBuilder json, int depth) {
    json.append('{');
    if (thrown.getMessage() != null) {
      json.append("\"errorMessage\":");
      string(thrown.getMessage(), json);
      json.append(',');
    }
    json.append("\"errorType\":");
    string(thrown.getClass().getName(), json);
    json.append(",\"stackTrace\":[");
    String separator = "";
    for (StackTraceElement frame : thrown.getStackTrace()) {
      string(frame.toString(), json.append(separator));
      separator = ",";
    }
    json.append(']');
    Throwable cause = thrown.getCause();
    if (cause != null && depth < MAX_CAUSES) {
      object(cause, json.append(",\"cause\":"), depth + 1);
    }
    json.append('}');
  }

  private static void string(@Nullable String value, StringBuilder json) {
    String text = String.valueOf(value);
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
