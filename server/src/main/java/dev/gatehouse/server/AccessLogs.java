package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogSink;
import dev.gatehouse.model.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The lines of access logs as events of the log groups that stages name. */
final class AccessLogs implements AccessLog {
  private static final int ARN_PARTS = 7;
  private static final String STREAM = "deliverystream/";
  private static final String NONE = "unknown";

  private final LogSink sink;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, LogName> names = new ConcurrentHashMap<>();

  AccessLogs(LogSink sink, InstantSource clock) {
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public void write(String destination, String line) {
    LogName name = names.get(destination);
    if (name == null) {
      name = names.computeIfAbsent(destination, AccessLogs::name);
    }
    sink.write(name, clock.millis(), line);
  }

  /**
   * What a destination's lines are events of.
   *
   * @param arn {@code arn:aws:logs:{region}:{account}:log-group:{name}}, or {@code
   *     arn:aws:firehose:{region}:{account}:deliverystream/{name}}
   */
  static LogName name(String arn) {
    List<String> parts = List.of(arn.split(":", ARN_PARTS));
    if (parts.size() < ARN_PARTS - 1) {
      return new LogName(new Scope(NONE, NONE), arn, LogName.ACCESS);
    }
    Scope scope = new Scope(parts.get(4), parts.get(3));
    return parts.size() == ARN_PARTS
        ? new LogName(scope, parts.get(6), LogName.ACCESS)
        : new LogName(scope, parts.get(5).replaceFirst("^" + STREAM, ""), LogName.DELIVERED);
  }
}
