package dev.gatehouse.lambda;

import dev.gatehouse.identity.Policy;
import dev.gatehouse.lambda.FunctionRows.Kind;
import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.View;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What names of functions stand for now, and parsed policies, kept between invocations for as long
 * as the store stays at one revision.
 */
final class Catalog {

  /**
   * What a name with its qualifier stands for, and who may invoke it under that name.
   *
   * @param other the version that an alias gives a share of the invocations to
   * @param share from 0 to 1
   * @param reserved how many invocations of the function may run at once, where that is set
   */
  record Entry(
      FunctionDefinition definition,
      @Nullable FunctionDefinition other,
      double share,
      Optional<Policy> policy,
      Optional<Integer> reserved) {

    /** The version for one invocation. */
    FunctionDefinition pick(DoubleSupplier random) {
      return other != null && random.getAsDouble() < share ? other : definition;
    }
  }

  private record Seen(long revision, Optional<Entry> entry) {}

  private static final int MAX_SEEN = 10_000;

  private final Store store;
  private final Map<FunctionName, Seen> seen = new ConcurrentHashMap<>();

  Catalog(Store store) {
    this.store = store;
  }

  Optional<Entry> find(FunctionName name) {
    Seen last = seen.get(name);
    if (last != null && last.revision() == store.revision()) {
      return last.entry();
    }
    View view = store.head();
    Optional<Entry> entry = read(view, name);
    if (seen.size() >= MAX_SEEN) {
      seen.clear(); // names of functions that do not exist must not fill the memory
    }
    seen.put(name, new Seen(view.revision(), entry));
    return entry;
  }

  private static Optional<Entry> read(View view, FunctionName name) {
    FunctionKey key = name.key();
    String qualifier = name.qualifier().isEmpty() ? FunctionName.LATEST : name.qualifier();
    Optional<Alias> alias = FunctionRows.find(view, Kind.ALIAS, key, qualifier);
    String version = alias.map(Alias::version).orElse(qualifier);
    Optional<Map.Entry<String, Double>> other =
        alias.flatMap(it -> it.weights().entrySet().stream().findFirst());
    return FunctionRows.find(view, key, version)
        .map(definition ->
            new Entry(
                definition,
                other.flatMap(it -> FunctionRows.find(view, key, it.getKey())).orElse(null),
                other.map(Map.Entry::getValue).orElse(0.0),
                FunctionRows.find(view, Kind.POLICY, key, qualifier)
                    .map(policy -> Policy.parse(policy.document())),
                FunctionRows.find(view, Kind.CONCURRENCY, key, FunctionRows.RESERVED)));
  }
}
