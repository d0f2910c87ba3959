package dev.gatehouse.gateway.log;

import dev.gatehouse.gateway.spi.AccessLog;
import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket stage's execution log, compiled (websocket-api.md 12): what happens to an event, step
 * by step, in the group {@code API-Gateway-Execution-Logs_{apiId}/{stage}} [C]; the words are like
 * AWS's [L]. Errors and steps are written as the route's logging level says, bodies where data
 * trace is on.
 */
public final class ExecutionLog {
  private static final int MOST_OF_BODY = 1_024;
  private static final Level OFF = new Level(false, false, false);

  /** What is written of a route. */
  public record Level(boolean errors, boolean steps, boolean bodies) {

    static Level of(RouteSettings own, RouteSettings stage) {
      String level = or(own.loggingLevel(), stage.loggingLevel());
      Boolean trace = or(own.dataTraceEnabled(), stage.dataTraceEnabled());
      boolean steps = "INFO".equals(level);
      return new Level(steps || "ERROR".equals(level), steps, Boolean.TRUE.equals(trace));
    }

    private static <T> @Nullable T or(@Nullable T own, @Nullable T stage) {
      return own == null ? stage : own;
    }

    boolean isOn() {
      return errors || bodies;
    }
  }

  private final String destination;
  private final Level usual;
  private final Map<String, Level> byRoute;

  private ExecutionLog(String destination, Level usual, Map<String, Level> byRoute) {
    this.destination = destination;
    this.usual = usual;
    this.byRoute = byRoute;
  }

  /** The log of a stage; null where nothing is written. */
  public static @Nullable ExecutionLog compile(Scope scope, String apiId, Stage stage) {
    RouteSettings settings = stage.defaultRouteSettings();
    Level usual = Level.of(settings, settings);
    Map<String, Level> byRoute = new HashMap<>();
    stage.routeSettings().forEach((key, own) -> byRoute.put(key, Level.of(own, settings)));
    if (!usual.isOn() && byRoute.values().stream().noneMatch(Level::isOn)) {
      return null;
    }
    String group = "API-Gateway-Execution-Logs_" + apiId + "/" + stage.stageName();
    String arn = "arn:aws:logs:" + scope.region() + ":" + scope.account() + ":log-group:" + group;
    return new ExecutionLog(arn + ":log-stream:execution", usual, Map.copyOf(byRoute));
  }

  /** What is written of a route; of events without one, what is of the stage. */
  public Level level(@Nullable String routeKey) {
    return routeKey == null ? usual : byRoute.getOrDefault(routeKey, usual);
  }

  /** Writes a step. */
  public void write(AccessLog log, String requestId, String text) {
    log.write(destination, "(" + requestId + ") " + text);
  }

  /** As much of a body as a log shows. */
  public static String shown(byte[] body) {
    String text = new String(body, 0, Math.min(body.length, MOST_OF_BODY), StandardCharsets.UTF_8);
    StringBuilder safe = new StringBuilder();
    StageLog.escape(safe, text);
    return body.length > MOST_OF_BODY ? safe + " [TRUNCATED]" : safe.toString();
  }

  /** Nothing at all. */
  public static Level off() {
    return OFF;
  }
}
