package dev.gatehouse.objects;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

final class ProcessLogTest {

  @Test
  void outputIsBoundedInLinesAndLength() {
    LoggerContext context = new LoggerContext();
    Logger log = context.getLogger("test");
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.setContext(context);
    seen.start();
    log.addAppender(seen);
    new ProcessLog(new StringReader("one\n" + "x".repeat(100) + "\nthree\nfour\nfive\n"), log, 3, 5)
        .run();
    assertThat(seen.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("one", "xxxxx", "three", "more output is dropped");
  }
}
