package dev.gatehouse.gateway.meter;

import dev.gatehouse.model.RouteSettings;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The meters of a stage: one of the whole, and one of each route that has been asked for. Routes
 * are counted for those who watch; only those with detailed metrics are told to monitoring, as AWS
 * does (http-api.md 11.2 [C]). Beyond {@value #MOST} routes the others share a meter, so that
 * memory and labels are bounded.
 */
public final class StageMeters {
  /** Routes of one stage with a meter of their own. */
  static final int MOST = 1_000;

  /** The key of what the other routes share. */
  public static final String OTHERS = "(others)";

  private final Meter whole;
  private final ConcurrentHashMap<String, Meter> routes;
  private final boolean detailed;
  private final Map<String, Boolean> detailedRoutes;

  private StageMeters(
      Meter whole,
      ConcurrentHashMap<String, Meter> routes,
      boolean detailed,
      Map<String, Boolean> detailedRoutes) {
    this.whole = whole;
    this.routes = routes;
    this.detailed = detailed;
    this.detailedRoutes = detailedRoutes;
  }

  /**
   * The meters of a stage as it is now set.
   *
   * @param before those it has had; null where it is new
   */
  public static StageMeters of(Stage stage, @Nullable StageMeters before) {
    Map<String, Boolean> own = new HashMap<>();
    stage
        .routeSettings()
        .forEach((key, settings) -> {
          if (settings.detailedMetricsEnabled() != null) {
            own.put(key, settings.detailedMetricsEnabled());
          }
        });
    RouteSettings settings = stage.defaultRouteSettings();
    return new StageMeters(
        before == null ? new Meter() : before.whole,
        before == null ? new ConcurrentHashMap<>() : before.routes,
        Boolean.TRUE.equals(settings.detailedMetricsEnabled()),
        Map.copyOf(own));
  }

  /** The meter of the whole stage. */
  public Meter whole() {
    return whole;
  }

  /** The meter of a route. */
  public Meter route(String routeKey) {
    Meter known = routes.get(routeKey);
    if (known != null) {
      return known;
    }
    String key = routes.size() < MOST ? routeKey : OTHERS;
    Meter shared = routes.get(key); // first, since to compute may lock
    return shared != null ? shared : routes.computeIfAbsent(key, made -> new Meter());
  }

  /** What the meters of a stage say now. */
  public StageReading read(Scope scope, String apiId, String stage) {
    Map<String, Reading> read = new HashMap<>();
    Set<String> told = new HashSet<>();
    routes.forEach((key, meter) -> {
      read.put(key, meter.read());
      if (isDetailed(key)) {
        told.add(key);
      }
    });
    return new StageReading(
        scope, apiId, stage, false, whole.read(), Map.copyOf(read), Set.copyOf(told));
  }

  /** Whether a route is told to monitoring. */
  public boolean isDetailed(String routeKey) {
    return detailedRoutes.getOrDefault(routeKey, detailed);
  }
}
