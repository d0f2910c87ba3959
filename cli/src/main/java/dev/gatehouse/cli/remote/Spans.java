package dev.gatehouse.cli.remote;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Spans of time on the command line: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code
 * 1d}.
 */
public final class Spans {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private Spans() {}

  /** A span; a wrong one is wrong usage of that command. */
  public static Duration parse(CommandSpec spec, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new ParameterException(
          spec.commandLine(), text + " is no time such as 500ms, 10s, 5m, 2h or 1d");
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
