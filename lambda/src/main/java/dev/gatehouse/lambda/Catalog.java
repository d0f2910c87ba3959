package dev.gatehouse.lambda;

import dev.gatehouse.identity.Policy;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Functions and parsed policies as they are now, kept between invocations for as long as the store
 * stays at one revision.
 */
final class Catalog {

  /** A function and who may invoke it. */
  record Entry(FunctionDefinition definition, Optional<Policy> policy) {}

  private record Seen(long revision, Optional<Entry> entry) {}

  private static final int MAX_SEEN = 10_000;

  private final Store store;
  private final Map<FunctionKey, Seen> seen = new ConcurrentHashMap<>();

  Catalog(Store store) {
    this.store = store;
  }

  Optional<Entry> find(FunctionKey key) {
    Seen last = seen.get(key);
    if (last != null && last.revision() == store.revision()) {
      return last.entry();
    }
    View view = store.head();
    Optional<Entry> entry =
        FunctionRows.find(view, key).map(definition -> new Entry(definition, policy(view, key)));
    if (seen.size() >= MAX_SEEN) {
      seen.clear(); // names of functions that do not exist must not fill the memory
    }
    seen.put(key, new Seen(view.revision(), entry));
    return entry;
  }

  private static Optional<Policy> policy(View view, FunctionKey key) {
    return FunctionRows.policy(view, key, FunctionName.LATEST)
        .map(policy -> Policy.parse(policy.document()));
  }
}
