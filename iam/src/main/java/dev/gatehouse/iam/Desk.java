package dev.gatehouse.iam;

import dev.gatehouse.store.Row;
import dev.gatehouse.store.Store;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What every operation works with. Names are unique whatever their case [C]. */
record Desk(Store store, InstantSource clock, RandomGenerator random) {
  private static final int PAGE = 1_000;

  String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  Optional<ObjectNode> find(View view, Kind kind, String account, String name) {
    return view.find(kind.shelf(account), id(name)).map(row -> Trees.read(row.body()));
  }

  void put(Transaction tx, Kind kind, String account, String name, ObjectNode body) {
    tx.put(kind.shelf(account), id(name), null, Kind.SCHEMA, body.toString());
  }

  void delete(Transaction tx, Kind kind, String account, String name) {
    tx.delete(kind.shelf(account), id(name));
  }

  List<ObjectNode> all(View view, Kind kind, String account) {
    List<ObjectNode> all = new ArrayList<>();
    @Nullable String after = null;
    while (true) {
      List<Row> rows = view.list(kind.shelf(account), after, PAGE);
      rows.forEach(row -> all.add(Trees.read(row.body())));
      if (rows.size() < PAGE) {
        return all;
      }
      after = rows.getLast().id();
    }
  }

  /** Runs a write whose result is the operation's. */
  <T> T write(Function<Transaction, T> work) {
    return store.write(work);
  }

  static String id(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
