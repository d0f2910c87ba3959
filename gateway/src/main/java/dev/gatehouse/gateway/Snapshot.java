package dev.gatehouse.gateway;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the data plane serves. Immutable; a request reads the current one once. */
record Snapshot(Map<String, LiveApi> apis) {
  static final Snapshot EMPTY = new Snapshot(Map.of());

  @Nullable LiveApi api(String apiId) {
    return apis.get(apiId);
  }

  Snapshot with(LiveApi api) {
    Map<String, LiveApi> next = new HashMap<>(apis);
    next.put(api.apiId(), api);
    return new Snapshot(next);
  }

  Snapshot without(String apiId) {
    Map<String, LiveApi> next = new HashMap<>(apis);
    next.remove(apiId);
    return new Snapshot(next);
  }
}
