package dev.gatehouse.server;

import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.logs.LogName;
import dev.gatehouse.logs.LogSink;
import dev.gatehouse.model.Scope;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The lines of access logs as events of the log groups that stages name, or wherever else they are
 * to go; the steps of execution logs always go to their groups.
 */
final class AccessLogs implements AccessLog {
  private static final int ARN_PARTS = 7;
  private static final String DELIVERY = "deliverystream/";
  private static final String STREAM = ":log-stream:";
  private static final String NONE = "unknown";

  /**
   * Where lines go.
   *
   * @param lines takes those of access logs
   * @param groups takes what has a stream of its own
   * @param pressed whether traffic is to slow down
   * @param whenRoom calls back once it need not
   */
  record Places(
      LogSink lines, LogSink groups, BooleanSupplier pressed, Consumer<Runnable> whenRoom) {}

  private final Places places;
  private final InstantSource clock;
  private final ConcurrentHashMap<String, LogName> names = new ConcurrentHashMap<>();

  AccessLogs(Places places, InstantSource clock) {
    this.places = places;
    this.clock = clock;
  }

  @Override
  public void write(String destination, String line) {
    LogName name = names.get(destination);
    if (name == null) {
      name = names.computeIfAbsent(destination, AccessLogs::name);
    }
    boolean plain = name.stream().equals(LogName.ACCESS) || name.stream().equals(LogName.DELIVERED);
    (plain ? places.lines() : places.groups()).write(name, clock.millis(), line);
  }

  @Override
  public boolean pressed() {
    return places.pressed().getAsBoolean();
  }

  @Override
  public void whenRoom(Runnable resumed) {
    places.whenRoom().accept(resumed);
  }

  /**
   * What a destination's lines are events of.
   *
   * @param arn {@code arn:aws:logs:{region}:{account}:log-group:{name}}, with or without {@code
   *     :log-stream:{name}}, or {@code arn:aws:firehose:{region}:{account}:deliverystream/{name}}
   */
  static LogName name(String arn) {
    List<String> parts = List.of(arn.split(":", ARN_PARTS));
    if (parts.size() < ARN_PARTS - 1) {
      return new LogName(new Scope(NONE, NONE), arn, LogName.ACCESS);
    }
    Scope scope = new Scope(parts.get(4), parts.get(3));
    if (parts.size() < ARN_PARTS) {
      return new LogName(scope, parts.get(5).replaceFirst("^" + DELIVERY, ""), LogName.DELIVERED);
    }
    String group = parts.get(6);
    int at = group.indexOf(STREAM);
    return at < 0
        ? new LogName(scope, group, LogName.ACCESS)
        : new LogName(scope, group.substring(0, at), group.substring(at + STREAM.length()));
  }
}
