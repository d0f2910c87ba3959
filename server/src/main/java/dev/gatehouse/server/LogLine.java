package dev.gatehouse.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An event as a line: time, level, class, message, and the stack of what was thrown. In code, since
 * a pattern is parsed at each start, and the time zone that it asks for looked up in every jar;
 * here that waits for the first line.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private @Nullable DateTimeFormatter time;
  private @Nullable ZoneId zone;

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    IThrowableProxy thrown = event.getThrowableProxy();
    return time(event.getInstant())
        + " "
        + padded(event.getLevel().toString())
        + " "
        + logger.substring(logger.lastIndexOf('.') + 1)
        + ": "
        + event.getFormattedMessage()
        + System.lineSeparator()
        + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
  }

  private static String padded(String level) {
    return level.length() < 5 ? level + " " : level;
  }

  /** Event loops log without waiting: one thread of the appender's writes all lines. */
  private String time(Instant instant) {
    ZoneId here = zone;
    DateTimeFormatter format = time;
    if (here == null || format == null) {
      here = ZoneId.systemDefault();
      format = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
      zone = here;
      time = format;
    }
    return format.format(LocalTime.ofInstant(instant, here));
  }
}
