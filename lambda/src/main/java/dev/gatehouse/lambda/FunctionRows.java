package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions and their policies as rows. A policy stands below its function under the qualifier that
 * it is for, {@code $LATEST} standing for none.
 */
final class FunctionRows {
  private static final int SCHEMA = 1;
  private static final String FUNCTION = "function";
  private static final String POLICY = "function-policy";

  private FunctionRows() {}

  static Optional<FunctionDefinition> find(View view, FunctionKey key) {
    return view.find(functions(key.scope()), key.name()).map(FunctionRows::definition);
  }

  static List<FunctionDefinition> list(View view, Scope scope, @Nullable String after, int limit) {
    return view.list(functions(scope), after, limit).stream()
        .map(FunctionRows::definition)
        .toList();
  }

  /** The archive that each function of any owner refers to. */
  static Map<FunctionKey, String> archives(View view) {
    Map<FunctionKey, String> archives = new LinkedHashMap<>();
    for (Row row : view.listAnywhere(FUNCTION)) {
      archives.put(new FunctionKey(row.shelf().scope(), row.id()), definition(row).code().sha256());
    }
    return archives;
  }

  static void put(Transaction transaction, FunctionKey key, FunctionDefinition definition) {
    transaction.put(
        functions(key.scope()),
        key.name(),
        null,
        SCHEMA,
        Json.mapper().writeValueAsString(definition));
  }

  static boolean delete(Transaction transaction, FunctionKey key) {
    transaction.deleteBelow(key.scope(), parent(key));
    return transaction.delete(functions(key.scope()), key.name());
  }

  static Optional<ResourcePolicy> policy(View view, FunctionKey key, String qualifier) {
    return view.find(policies(key), qualifier)
        .map(row -> Json.mapper().readValue(row.body(), ResourcePolicy.class));
  }

  static void putPolicy(
      Transaction transaction, FunctionKey key, String qualifier, ResourcePolicy policy) {
    transaction.put(
        policies(key), qualifier, null, SCHEMA, Json.mapper().writeValueAsString(policy));
  }

  static void deletePolicy(Transaction transaction, FunctionKey key, String qualifier) {
    transaction.delete(policies(key), qualifier);
  }

  private static FunctionDefinition definition(Row row) {
    return Json.mapper().readValue(row.body(), FunctionDefinition.class);
  }

  private static Shelf functions(Scope scope) {
    return new Shelf(scope, FUNCTION, "");
  }

  private static Shelf policies(FunctionKey key) {
    return new Shelf(key.scope(), POLICY, parent(key));
  }

  /** Not the bare name, which may be the id of something else. */
  private static String parent(FunctionKey key) {
    return "function:" + key.name();
  }
}
