package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions, their versions and what belongs to them as rows. All but the function itself stands
 * below it. A policy's or event setting's id is the qualifier that it is for, {@code $LATEST}
 * standing for none.
 */
final class FunctionRows {
  private static final int SCHEMA = 1;
  private static final String FUNCTION = "function";
  private static final String VERSION = "function-version";
  private static final String PARENT = "function:";

  /** What belongs to a function, and the record it is stored as. */
  record Kind<T>(String name, Class<T> type) {
    static final Kind<ResourcePolicy> POLICY = new Kind<>("function-policy", ResourcePolicy.class);
    static final Kind<Alias> ALIAS = new Kind<>("function-alias", Alias.class);
    static final Kind<EventConfig> EVENTS = new Kind<>("function-events", EventConfig.class);

    /** Under {@link #RESERVED}: how many invocations may run at once. */
    static final Kind<Integer> CONCURRENCY = new Kind<>("function-concurrency", Integer.class);

    /** Under {@link #LAST}: the number of the version that was published last. */
    static final Kind<Integer> COUNTER = new Kind<>("function-counter", Integer.class);
  }

  static final String RESERVED = "reserved";
  static final String LAST = "last";

  private FunctionRows() {}

  static Optional<FunctionDefinition> find(View view, FunctionKey key) {
    return view.find(functions(key.scope()), key.name()).map(FunctionRows::definition);
  }

  /** A version by its number, or {@code $LATEST}. */
  static Optional<FunctionDefinition> find(View view, FunctionKey key, String version) {
    if (version.equals(FunctionName.LATEST)) {
      return find(view, key);
    }
    return isNumber(version)
        ? view.find(versions(key), number(version)).map(FunctionRows::definition)
        : Optional.empty();
  }

  static List<FunctionDefinition> list(View view, Scope scope, @Nullable String after, int limit) {
    return definitions(view.list(functions(scope), after, limit));
  }

  /** Published versions in the order of their numbers. */
  static List<FunctionDefinition> versions(
      View view, FunctionKey key, @Nullable String after, int limit) {
    return definitions(view.list(versions(key), after == null ? null : number(after), limit));
  }

  /** The archives that each function of any owner, or one of its versions, refers to. */
  static Map<FunctionKey, Set<String>> archives(View view) {
    Map<FunctionKey, Set<String>> archives = new HashMap<>();
    for (Row row : view.listAnywhere(FUNCTION)) {
      add(archives, new FunctionKey(row.shelf().scope(), row.id()), row);
    }
    for (Row row : view.listAnywhere(VERSION)) {
      String name = row.shelf().parent().substring(PARENT.length());
      add(archives, new FunctionKey(row.shelf().scope(), name), row);
    }
    return archives;
  }

  private static void add(Map<FunctionKey, Set<String>> archives, FunctionKey key, Row row) {
    archives.computeIfAbsent(key, k -> new HashSet<>()).add(definition(row).code().sha256());
  }

  /** The archives that a function or one of its versions refers to. */
  static Set<String> archives(View view, FunctionKey key) {
    Set<String> archives = new HashSet<>();
    find(view, key).ifPresent(head -> archives.add(head.code().sha256()));
    versions(view, key, null, Integer.MAX_VALUE).forEach(it -> archives.add(it.code().sha256()));
    return archives;
  }

  /** Every definition there is, of functions and of versions. */
  static List<FunctionDefinition> all(View view) {
    List<Row> rows = new ArrayList<>(view.listAnywhere(FUNCTION));
    rows.addAll(view.listAnywhere(VERSION));
    return definitions(rows);
  }

  /** Puts a function, or where the definition has a number that version. */
  static void put(Transaction transaction, FunctionKey key, FunctionDefinition definition) {
    boolean head = definition.version().equals(FunctionName.LATEST);
    transaction.put(
        head ? functions(key.scope()) : versions(key),
        head ? key.name() : number(definition.version()),
        null,
        SCHEMA,
        Json.mapper().writeValueAsString(definition));
  }

  static boolean delete(Transaction transaction, FunctionKey key) {
    transaction.deleteBelow(key.scope(), parent(key));
    return transaction.delete(functions(key.scope()), key.name());
  }

  /** Deletes a version and what was set for it. */
  static boolean deleteVersion(Transaction transaction, FunctionKey key, String version) {
    delete(transaction, Kind.POLICY, key, version);
    delete(transaction, Kind.EVENTS, key, version);
    return transaction.delete(versions(key), number(version));
  }

  static <T> Optional<T> find(View view, Kind<T> kind, FunctionKey key, String id) {
    return view.find(shelf(kind, key), id)
        .map(row -> Json.mapper().readValue(row.body(), kind.type()));
  }

  static <T> List<T> list(
      View view, Kind<T> kind, FunctionKey key, @Nullable String after, int limit) {
    return view.list(shelf(kind, key), after, limit).stream()
        .map(row -> Json.mapper().readValue(row.body(), kind.type()))
        .toList();
  }

  /** The ids of such rows, in the order of {@link #list}. */
  static List<String> ids(
      View view, Kind<?> kind, FunctionKey key, @Nullable String after, int limit) {
    return view.list(shelf(kind, key), after, limit).stream().map(Row::id).toList();
  }

  static <T> void put(Transaction transaction, Kind<T> kind, FunctionKey key, String id, T value) {
    String body = Json.mapper().writeValueAsString(value);
    transaction.put(shelf(kind, key), id, null, SCHEMA, body);
  }

  static boolean delete(Transaction transaction, Kind<?> kind, FunctionKey key, String id) {
    return transaction.delete(shelf(kind, key), id);
  }

  static boolean isNumber(String version) {
    return version.matches("[0-9]{1,9}");
  }

  private static List<FunctionDefinition> definitions(List<Row> rows) {
    return rows.stream().map(FunctionRows::definition).toList();
  }

  private static FunctionDefinition definition(Row row) {
    return Json.mapper().readValue(row.body(), FunctionDefinition.class);
  }

  private static Shelf functions(Scope scope) {
    return new Shelf(scope, FUNCTION, "");
  }

  private static Shelf versions(FunctionKey key) {
    return new Shelf(key.scope(), VERSION, parent(key));
  }

  private static Shelf shelf(Kind<?> kind, FunctionKey key) {
    return new Shelf(key.scope(), kind.name(), parent(key));
  }

  /** Not the bare name, which may be the id of something else. */
  private static String parent(FunctionKey key) {
    return PARENT + key.name();
  }

  /** Ids are in the order of their characters, so that 10 comes after 9. */
  private static String number(String version) {
    return "0".repeat(Math.max(0, 9 - version.length())) + version;
  }
}
