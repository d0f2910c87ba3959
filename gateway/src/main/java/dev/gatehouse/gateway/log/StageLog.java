package dev.gatehouse.gateway.log;

import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.model.AccessLogSettings;
import dev.gatehouse.model.LogFormat;
import dev.gatehouse.model.LogFormat.Literal;
import dev.gatehouse.model.LogFormat.Part;
import dev.gatehouse.model.LogFormat.Variable;
import org.jspecify.annotations.Nullable;

/**
 * A stage's access log, compiled: where its lines go and what is in them (http-api.md 11.1). A
 * variable without a value is a hyphen [C].
 *
 * <p>Values are escaped as in a JSON string whatever the format is, so that no client can end a
 * field or a line early. AWS is said to insert them as they are [L]; a log that can be forged is
 * not worth that likeness.
 */
public record StageLog(String destination, LogFormat format) {
  private static final int MAX_CHARACTERS = 256 * 1024;

  /** Of ASCII, which nearly all is: looked up faster than compared. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = isPlainAnywhere(c);
    }
  }

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** The log of a stage; null where it has none. */
  public static @Nullable StageLog compile(@Nullable AccessLogSettings settings) {
    if (settings == null || settings.destinationArn() == null || settings.format() == null) {
      return null;
    }
    return new StageLog(settings.destinationArn(), LogFormat.parse(settings.format()));
  }

  /** The {@code $context} variables of something that is over. */
  @FunctionalInterface
  public interface Variables {

    /** The value of a variable; null where it has none. */
    @Nullable String value(String name);
  }

  /**
   * Writes the line of what is over.
   *
   * @param line where it is put together: empty
   */
  public void write(Variables variables, AccessLog log, StringBuilder line) {
    for (Part part : format.parts()) {
      switch (part) {
        case Literal(String text) -> line.append(text);
        case Variable(String name) -> append(line, variables, name);
      }
      if (line.length() > MAX_CHARACTERS) {
        line.setLength(MAX_CHARACTERS);
        break;
      }
    }
    log.write(destination, line.toString());
  }

  /** The gateway's own messages are AWS's; one is known to be printed in quotation marks [C]. */
  private static void append(StringBuilder line, Variables variables, String name) {
    if (name.equals("error.messageString")) {
      String message = variables.value("error.message");
      line.append(message == null ? "-" : '"' + message + '"');
      return;
    }
    String value = variables.value(name);
    escape(line, value == null || value.isEmpty() ? "-" : value);
  }

  /** What is plain, as nearly all is, goes in at once. */
  static void escape(StringBuilder line, String value) {
    int plain = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (isPlain(c)) {
        continue;
      }
      line.append(value, plain, i);
      plain = i + 1;
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else {
        line.append("\\u").append(HEX[c >> 12]).append(HEX[(c >> 8) & 15]);
        line.append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
      }
    }
    if (plain == 0) {
      line.append(value);
    } else {
      line.append(value, plain, value.length());
    }
  }

  private static boolean isPlain(char c) {
    return c < PLAIN.length ? PLAIN[c] : isPlainAnywhere(c);
  }

  private static boolean isPlainAnywhere(char c) {
    boolean control = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
    return c != '"' && c != '\\' && !control;
  }
}
