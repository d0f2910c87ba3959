package dev.gatehouse.server.keys;

import dev.gatehouse.control.KeyRows;
import dev.gatehouse.control.usage.UsageCounts;
import dev.gatehouse.gateway.spi.ApiKeyGuard;
import dev.gatehouse.model.ApiKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.model.UsagePlan;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All API keys with the plans that they are in, by value. One thread changes it as rows change;
 * requests read it at once. A changed key costs the same among ten thousand as among ten; a changed
 * plan costs as much as it has keys.
 */
public final class KeyRing implements ApiKeyGuard {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private record Shown(Scope scope, String value) {}

  private record Held(Scope scope, ApiKey key) {}

  /**
   * A key that opens something.
   *
   * @param places its plans
   */
  private record Ready(String keyId, List<PlanPlace> places) {}

  private final UsageCounts counts;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<Shown, Ready> ready = new ConcurrentHashMap<>();
  private final Map<String, Held> keys = new HashMap<>();
  private final Map<String, UsagePlan> plans = new HashMap<>();
  private final Map<String, Set<String>> plansOfKey = new HashMap<>();
  private final Map<String, Set<String>> keysOfPlan = new HashMap<>();

  /** A ring without keys. */
  public KeyRing(UsageCounts counts, InstantSource clock, LongSupplier nanos) {
    this.counts = counts;
    this.clock = clock;
    this.nanos = nanos;
  }

  @Override
  public Outcome take(KeyedStage stage, String routeKey, @Nullable String value) {
    Ready key = value == null ? null : ready.get(new Shown(stage.scope(), value));
    if (key == null) {
      return new Refused();
    }
    for (PlanPlace place : key.places()) {
      if (place.opens(stage)) {
        long day = Math.floorDiv(clock.millis(), DAY);
        return place.take(stage, routeKey, nanos.getAsLong(), day)
            ? new Admitted(key.keyId())
            : new Exhausted();
      }
    }
    return new Refused();
  }

  /** Takes over all there is, and forgets what was counted for what is gone. */
  public synchronized void load(View view) {
    Set<String> names = new HashSet<>();
    for (KeyRows.Change change : KeyRows.all(view)) {
      apply(change);
      if (change instanceof KeyRows.MemberChanged member) {
        names.add(UsageCounts.name(member.planId(), member.keyId()));
      }
    }
    counts.retain(names);
  }

  /** Takes over what has changed. */
  public synchronized void changed(List<Row> rows) {
    rows.forEach(row -> KeyRows.read(row).ifPresent(this::apply));
  }

  private void apply(KeyRows.Change change) {
    switch (change) {
      case KeyRows.KeyChanged(Scope scope, String id, ApiKey key) -> {
        Held before = key == null ? keys.remove(id) : keys.put(id, new Held(scope, key));
        if (before != null) {
          ready.remove(new Shown(before.scope(), before.key().value()));
        }
        prepare(id);
      }
      case KeyRows.PlanChanged(String id, UsagePlan plan) -> {
        if (plan == null) {
          plans.remove(id);
        } else {
          plans.put(id, plan);
        }
        keysOfPlan.getOrDefault(id, Set.of()).forEach(this::prepare);
      }
      case KeyRows.MemberChanged(String plan, String key, boolean member) -> {
        set(plansOfKey, key, plan, member);
        set(keysOfPlan, plan, key, member);
        prepare(key);
      }
    }
  }

  private static void set(
      Map<String, Set<String>> sets, String key, String value, boolean present) {
    if (present) {
      sets.computeIfAbsent(key, made -> new HashSet<>()).add(value);
    } else if (sets.containsKey(key)) {
      sets.get(key).remove(value);
      if (sets.get(key).isEmpty()) {
        sets.remove(key);
      }
    }
  }

  /**
   * Makes a key ready to be shown, with the buckets that it had where their limits are the same.
   */
  private void prepare(String keyId) {
    Held held = keys.get(keyId);
    if (held == null) {
      return;
    }
    Shown shown = new Shown(held.scope(), held.key().value());
    Ready before = ready.get(shown);
    List<PlanPlace> places = new ArrayList<>();
    for (String planId : plansOfKey.getOrDefault(keyId, Set.of())) {
      UsagePlan plan = plans.get(planId);
      if (plan != null) {
        PlanPlace old = before == null ? null : place(before, planId);
        places.add(PlanPlace.of(plan, counts.counter(planId, keyId), old, nanos.getAsLong()));
      }
    }
    if (held.key().enabled() && !places.isEmpty()) {
      ready.put(shown, new Ready(keyId, List.copyOf(places)));
    } else {
      ready.remove(shown);
    }
  }

  private static @Nullable PlanPlace place(Ready ready, String planId) {
    return ready.places().stream()
        .filter(place -> place.plan().id().equals(planId))
        .findFirst()
        .orElse(null);
  }
}
