package dev.gatehouse.lambda;

import dev.gatehouse.lambda.code.FunctionKey;
import dev.gatehouse.model.Scope;
import dev.gatehouse.store.Row;
import dev.gatehouse.store.Shelf;
import dev.gatehouse.store.Transaction;
import dev.gatehouse.store.View;
import dev.gatehouse.wire.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Layers and their versions as rows: a layer's row is the number that was given out last. */
final class LayerRows {
  private static final int SCHEMA = 1;
  private static final String LAYER = "layer";
  private static final String VERSION = "layer-version";
  private static final String PARENT = "layer:";

  private LayerRows() {}

  /** The names of the layers that had a version. */
  static List<String> names(View view, Scope scope, @Nullable String after, int limit) {
    return view.list(layers(scope), after, limit).stream().map(Row::id).toList();
  }

  static Optional<LayerVersion> find(View view, LayerName name) {
    return view.find(versions(name.key()), number(name.version())).map(LayerRows::version);
  }

  /** All versions, the oldest first. */
  static List<LayerVersion> versions(View view, FunctionKey key) {
    return view.list(versions(key), null, Integer.MAX_VALUE).stream()
        .map(LayerRows::version)
        .toList();
  }

  /** The number for a new version; none is ever given out again. */
  static int next(Transaction transaction, FunctionKey key) {
    int next =
        1
            + transaction
                .find(layers(key.scope()), key.name())
                .map(row -> Integer.parseInt(row.body()))
                .orElse(0);
    transaction.put(layers(key.scope()), key.name(), null, SCHEMA, "" + next);
    return next;
  }

  static void put(Transaction transaction, FunctionKey key, LayerVersion version) {
    transaction.put(
        versions(key),
        number(version.version()),
        null,
        SCHEMA,
        Json.mapper().writeValueAsString(version));
  }

  static void delete(Transaction transaction, LayerName name) {
    transaction.delete(versions(name.key()), number(name.version()));
  }

  /** The archives that layer versions, or functions that use them, refer to. */
  static Map<FunctionKey, Set<String>> archives(View view) {
    Map<FunctionKey, Set<String>> archives = new HashMap<>();
    for (Row row : view.listAnywhere(VERSION)) {
      String name = row.shelf().parent().substring(PARENT.length());
      add(archives, new FunctionKey(row.shelf().scope(), name), version(row).sha256());
    }
    for (FunctionDefinition function : FunctionRows.all(view)) {
      for (LayerUse use : function.settings().layers()) {
        add(archives, LayerName.ofVersion(use.arn()).key(), use.sha256());
      }
    }
    return archives;
  }

  private static void add(Map<FunctionKey, Set<String>> archives, FunctionKey key, String sha256) {
    archives.computeIfAbsent(key, k -> new HashSet<>()).add(sha256);
  }

  private static LayerVersion version(Row row) {
    return Json.mapper().readValue(row.body(), LayerVersion.class);
  }

  private static Shelf layers(Scope scope) {
    return new Shelf(scope, LAYER, "");
  }

  private static Shelf versions(FunctionKey key) {
    return new Shelf(key.scope(), VERSION, PARENT + key.name());
  }

  private static String number(int version) {
    return String.format(Locale.ROOT, "%09d", version);
  }
}
