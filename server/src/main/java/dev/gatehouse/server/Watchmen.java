package dev.gatehouse.server;

import dev.gatehouse.gateway.Gateway;
import dev.gatehouse.gateway.spi.Tracing;
import dev.gatehouse.logs.LineWriter;
import dev.gatehouse.logs.LogStore;
import dev.gatehouse.server.config.LogSettings;
import dev.gatehouse.server.config.Monitoring;
import dev.gatehouse.server.otlp.PushedLogs;
import dev.gatehouse.server.otlp.PushedMetrics;
import dev.gatehouse.server.otlp.Spans;
import io.opentelemetry.sdk.resources.Resource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Starts what tells others of the traffic, as far as it is switched on. */
record Watchmen(Monitoring monitoring, Closing closing, InstantSource clock) {

  private static Resource resource() {
    return Resource.getDefault().toBuilder()
        .put("service.name", "gatehouse")
        .put("service.version", Version.text())
        .build();
  }

  AccessLogs accessLogs(LogStore logs) {
    return new AccessLogs(
        switch (monitoring.logs().accessLogs()) {
          case FILES ->
              new AccessLogs.Places(
                  logs, logs, () -> monitoring.logs().slow() && logs.pressed(), logs::whenRoom);
          case STDOUT -> lines(logs, monitoring.logs());
          case OTLP -> {
            PushedLogs pushed = closing.started(new PushedLogs(monitoring.otlp(), resource()));
            yield new AccessLogs.Places(pushed, logs, () -> false, Runnable::run);
          }
        },
        clock);
  }

  private AccessLogs.Places lines(LogStore logs, LogSettings settings) {
    LineWriter lines =
        closing.started(new LineWriter(new FileOutputStream(FileDescriptor.out), settings.queue()));
    lines.start();
    return new AccessLogs.Places(
        lines, logs, () -> settings.slow() && lines.pressed(), lines::whenRoom);
  }

  @Nullable Tracing tracing() {
    if (monitoring.traced() == 0) {
      return null;
    }
    Spans spans =
        closing.started(
            new Spans(
                monitoring.otlp(),
                monitoring.traced(),
                resource(),
                () -> ThreadLocalRandom.current().nextLong()));
    spans.start();
    return spans;
  }

  void push(Gateway gateway) {
    if (monitoring.metrics().push() != null) {
      PushedMetrics pushed =
          closing.started(
              new PushedMetrics(
                  monitoring.otlp(), monitoring.metrics().push(), resource(), gateway));
      assert pushed != null;
    }
  }
}
