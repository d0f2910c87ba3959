package dev.gatehouse.gateway;

import dev.gatehouse.gateway.route.PersistentMap;
import org.jspecify.annotations.Nullable;

/** All that the data plane serves. Immutable; a request reads the current one once. */
record Snapshot(PersistentMap<LiveApi> apis) {
  static final Snapshot EMPTY = new Snapshot(PersistentMap.empty());

  @Nullable LiveApi api(String apiId) {
    return apis.get(apiId);
  }

  Snapshot with(LiveApi api) {
    return new Snapshot(apis.with(api.apiId(), api));
  }

  Snapshot without(String apiId) {
    return new Snapshot(apis.without(apiId));
  }
}
